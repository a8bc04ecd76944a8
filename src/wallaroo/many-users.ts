/** From so many users on, a list takes the platform longer than telling a few by their ids (contract §5.1). */
export const MANY_USERS = 1000;
