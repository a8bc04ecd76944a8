import type { Message } from '../slack/blocks.ts';
import type { Claim, Claimable, RowPlace } from './claim.ts';

/** A row behind a message of ours that has to stay true. */
export interface PostRow extends Claimable {
  /** A channel's id; null until Slack told where a message to a person stands. */
  readonly channel: string | null;
  /** Null until posted. */
  readonly ts: string | null;
  /** A digest of what the message shows; null: unknown. */
  readonly shown: string | null;
  /** The revision of its subject that the message agrees with. */
  readonly shownRevision: number;
  /** 1 when the message cannot be reached any more. */
  readonly gone: number;
}

/** The columns of a row whose message is yet to be posted. */
export const NOT_POSTED = {
  ts: null,
  shown: null,
  shownRevision: -1,
  gone: 0,
  claim: null,
  attempts: 0,
  notBefore: 0,
} as const;

/** Where a message stands. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** How the message of a row looks now. */
export interface Drawing<Row extends PostRow> {
  /** Recorded once the message shows `face`. */
  readonly revision: number;
  /** Absent: there is nothing to say, and nothing is posted for it. */
  readonly face?: Message | undefined;
  /**
   * What is posted before the message's place is recorded; then it becomes `face`. True forever and without anything
   * to press, as a crash in between leaves it behind. Absent: `face` itself.
   */
  readonly firstFace?: Message | undefined;
  /** Whom or where it is posted to, where drawing found that out. @default `destinationOf` the row */
  readonly destination?: string | undefined;
  /** Recorded together with the message. */
  readonly along?: Partial<Row>;
  /** Whatever else follows once the message is up to date, such as replies in its thread. */
  readonly follow?: (claim: Claim<Row>, posted: Posted) => Promise<void>;
}

/** Something could not be told. */
export interface Undelivered<Row extends PostRow> {
  readonly row: Row;
  readonly error: unknown;
  /** Slack's word for it. */
  readonly slackError: string | undefined;
  readonly now: Date;
}

/** `post_again`: as a new message, in place of one that cannot be rewritten. */
export type Verdict = 'retry' | 'give_up' | 'post_again';

/** One kind of messages that stay true to rows: when they are due, and how they look. */
export interface PostKind<Row extends PostRow> {
  /** For the log. */
  readonly name: string;
  /** Longer than drawing and one call of Slack take, ms: others wait so long for a process that died. */
  readonly claimMs: number;
  readonly placeOf: (row: Row) => RowPlace;
  /** A channel's id, or a person's for a direct message. */
  readonly destinationOf: (row: Row) => string;
  /** What tells this row from others, for the log. */
  readonly factsOf: (row: Row) => Readonly<Record<string, unknown>>;
  /** Rows whose message does not agree with its subject, and whose turn it is. */
  readonly due: (now: Date, most: number) => Promise<readonly Row[]>;
  /** `undefined`: another version of the bot takes care of this one. */
  readonly draw: (row: Row) => Promise<Drawing<Row> | undefined>;
  /**
   * Decides what becomes of a message that Slack did not take, and may look for another way to tell it. One that Slack
   * cannot rewrite any more is given up but for `post_again`. Absent: the rules for all messages.
   */
  readonly onUndelivered?: (undelivered: Undelivered<Row>) => Promise<Verdict>;
}

/** Where a test may stop the process, in the order in which a message passes them. */
export type PostFaultPoint = 'before_post' | 'after_post' | 'before_update' | 'after_update';
