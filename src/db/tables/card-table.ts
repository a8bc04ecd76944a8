import type { Generated, Selectable } from 'kysely';
import type { PostColumns } from './post-columns.ts';

/** A message that follows a change. */
export interface CardTable extends PostColumns {
  changeId: string;
  /** `approvals` or `dm:U…`. */
  place: string;
  /** What to post to: a channel's id, or a person's for a DM. */
  destination: string;
  /** Null until posted. */
  channel: string | null;
  /** That of its change, kept with every transition: the card is due while it shows an earlier one. */
  revision: Generated<number>;
  /** The last audit entry told in its thread. */
  toldSeq: number;
}

export type CardRow = Selectable<CardTable>;
