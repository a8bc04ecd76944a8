/** From so many users on, a list takes the platform longer than telling a few by their ids (contract §5.1). */
const MANY_USERS = 1000;

/** Whether so many are many; `undefined`: nobody has listed them yet. */
export const areMany = (users: number | undefined): boolean => users !== undefined && users >= MANY_USERS;
