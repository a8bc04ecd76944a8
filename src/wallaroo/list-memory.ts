import type { WallarooUser } from './user.ts';

/** What earlier lists of all users taught about the next. */
export class ListMemory {
  /** The last list that was believed. */
  whole: readonly WallarooUser[] = [];
  /** How many more than a whole list has Keycloak counts, as it may count service accounts (contract §4.3). */
  surplus = 0;
  /** How many users of Keycloak came through at a time; `undefined`: no more than the usual was tried. */
  pageSize: number | undefined;
}
