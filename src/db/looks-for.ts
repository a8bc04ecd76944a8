import type { AuditEntry } from './audit-trail.ts';

/** Whom a query of the trail looks for; what is left out does not narrow. */
export interface Looked {
  /**
   * A part of a subject's label, a subject's user id, or the actor who did it or asked for it, as a Slack id or `cli:ann@host`; ignoring case.
   * Of several, any.
   */
  readonly who?: string | readonly string[] | undefined;
  /** Exactly this user: by id, and where an entry knows none, by the whole label. */
  readonly subject?: { readonly userId: string; readonly label: string } | undefined;
}

/** A subject as far as it can be looked for. */
interface Sought {
  readonly userId?: string | undefined;
  readonly label: string;
}
type Acted = Pick<AuditEntry, 'actor' | 'requester'>;

/** The texts that `who` stands for, in small letters. */
export const wantedOf = (who: Looked['who']): readonly string[] | undefined =>
  who === undefined ? undefined : [who].flat().map((text) => text.toLowerCase());

/** Whether an entry is one that a query looks for. */
export function concerns(
  { who, subject: sought }: Looked,
  entry: Acted & Pick<AuditEntry, 'subjects'>,
): boolean {
  const wanted = wantedOf(who);
  return (
    (wanted === undefined ||
      isByAny(entry, wanted) ||
      entry.subjects.some((subject) => isAny(subject, wanted))) &&
    (sought === undefined || entry.subjects.some((subject) => isSought(subject, sought)))
  );
}

/** Whether a query that finds an entry looks for this subject of it: who did it or asked for it did so for all. */
export function looksFor({ who, subject: sought }: Looked, entry: Acted, subject: Sought): boolean {
  const wanted = wantedOf(who);
  return (
    (sought === undefined || isSought(subject, sought)) &&
    (wanted === undefined || isByAny(entry, wanted) || isAny(subject, wanted))
  );
}

const isByAny = ({ actor, requester }: Acted, wanted: readonly string[]): boolean =>
  wanted.some((text) => actor.toLowerCase() === text || requester?.toLowerCase() === text);

const isAny = ({ userId, label }: Sought, wanted: readonly string[]): boolean =>
  wanted.some((text) => userId?.toLowerCase() === text || label.toLowerCase().includes(text));

const isSought = (subject: Sought, { userId, label }: NonNullable<Looked['subject']>): boolean =>
  subject.userId === undefined
    ? subject.label.toLowerCase() === label.toLowerCase()
    : subject.userId === userId;
