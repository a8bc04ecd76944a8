import type { Selectable } from 'kysely';

export interface ChangeTable {
  id: string;
  kind: string;
  origin: string;
  state: string;
  /** Counts every stored alteration: the precondition of a transition, and what cards compare with. */
  revision: number;
  /** JSON: the ordered steps. */
  steps: string;
  /** The same for identical requests; unique among pending ones. */
  twinKey: string;
  /** JSON: seats as shown when it was asked for. */
  snapshot: string;
  /** JSON: what a request shows of the users concerned. */
  shown: string | null;
  reason: string;
  requesterId: string;
  requesterEmail: string | null;
  /** JSON: by what they are known as a person. */
  requesterKeys: string | null;
  /** Who altered the request last; JSON: by what they are known as a person. */
  amendedBy: string | null;
  amenderKeys: string | null;
  decidedBy: string | null;
  decidedAt: number | null;
  decisionReason: string | null;
  createdAt: number;
  expiresAt: number | null;
  notBefore: number | null;
  attempts: number;
  leaseOwner: string | null;
  leaseUntil: number | null;
  /** 1 while an activation of it may take a seat that the platform's list does not show yet. */
  seatReserved: number;
  appliedAt: number | null;
  /** JSON: why it failed or came to nothing. */
  failure: string | null;
  /** JSON: the passing fault of the latest try. */
  lastFault: string | null;
  durationMs: number | null;
  endsAt: number | null;
  noticeAt: number | null;
  parentId: string | null;
  /** 1 once another change has undone it. */
  undone: number;
}

export type ChangeRow = Selectable<ChangeTable>;
