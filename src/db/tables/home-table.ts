import type { Selectable } from 'kysely';
import type { ClaimColumns } from './post-columns.ts';

/** Somebody who opened App Home: published when they ask for it, and when a change concerns them. */
export interface HomeViewerTable extends ClaimColumns {
  /** Slack id. */
  userId: string;
  /** As Slack's payload named it. */
  teamId: string | null;
  /** 1 if they were an administrator when their Home was drawn last: then every change concerns them. */
  administrator: number;
  openedAt: number;
  /** Counts openings and presses of `Refresh`, and those that were answered. */
  asked: number;
  answered: number;
  /** The last audit entry that is surely in what they see. */
  seenSeq: number;
  /** When it was last compared with what it should show. */
  lookedAt: number;
  /** A digest of what it shows; null until published. */
  shown: string | null;
  /** Slack's own mark of what is published. */
  hash: string | null;
  /** Always 0: versions before 1.0 look at it. It can go when none of them runs beside this one any more. */
  claimedUntil: number;
}

export type HomeViewerRow = Selectable<HomeViewerTable>;
