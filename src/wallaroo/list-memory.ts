import type { WallarooUser } from './user.ts';

/** What earlier lists of all users taught about the next. */
export class ListMemory {
  /** The last list that was believed. */
  whole: readonly WallarooUser[] = [];
  /** How many more than a whole list has Keycloak counts, as it may count service accounts (contract §4.3). */
  surplus = 0;
  /** How many users of Keycloak come through at a time, until more are tried again; `undefined`: the usual number. */
  smallPages: { readonly size: number; readonly untilMs: number } | undefined;
}
