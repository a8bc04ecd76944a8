import type { Selectable } from 'kysely';
import type { PostColumns } from './post-columns.ts';

/** Something that happened to somebody's account, to be told to them once. */
export interface UserNewsTable extends PostColumns {
  /** The same for the same news. */
  id: string;
  /** When it happened. */
  at: number;
  /** The user of the platform. */
  userId: string;
  /** JSON: what happened, through whom and why. */
  news: string;
  /** The direct message; null until posted. */
  channel: string | null;
}

export type UserNewsRow = Selectable<UserNewsTable>;
