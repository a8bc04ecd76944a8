/** What a row is claimed by, so that one process at a time works on it. */
export interface ClaimColumns {
  /** Names the claim in force; null where nobody has the row. */
  claim: string | null;
  /** Claims since the last success. */
  attempts: number;
  /** When it is due again; until then a claim holds, and so does a wait after a failure. */
  notBefore: number;
}

/** A message of ours that is kept true to something: posted once, then updated. */
export interface PostColumns extends ClaimColumns {
  /** Where Slack put it; null until posted. */
  ts: string | null;
  /** The revision of its subject that the message agrees with; -1 until posted. */
  shownRevision: number;
  /** A digest of what the message shows; null: unknown. */
  shown: string | null;
  /** 1 when it cannot be reached any more: deleted, archived, person left. */
  gone: number;
}
