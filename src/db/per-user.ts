import type { AuditSubject } from './audit-trail.ts';

interface Concerning {
  readonly subjects: readonly Pick<AuditSubject, 'label' | 'failed' | 'before' | 'after' | 'outcome'>[];
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * An entry as one for each user whom it concerns, each with the states of that user: a swap is two of one change. Where it
 * failed for a user, their entry says so, and why.
 */
export function perUser<E extends Concerning>(entry: E): readonly E[] {
  const { subjects } = entry;
  if (subjects.length < 2) return [entry];
  const before = statesOf(entry, 'before');
  const after = statesOf(entry, 'after');
  return subjects.map((subject, at) => ({
    ...entry,
    subjects: [subject],
    before: before[at],
    after: after[at],
    ...(subject.outcome === undefined ? {} : { outcome: subject.outcome }),
    ...(subject.failed === undefined ? {} : { event: 'failed', outcome: subject.failed }),
  }));
}

/**
 * The state of each user. Entries of earlier versions have them in one text; where that does not name one for each, as the
 * name of a workspace may hold a comma, each user has the whole of it.
 */
function statesOf(entry: Concerning, when: 'before' | 'after'): readonly (string | undefined)[] {
  const { subjects, [when]: text } = entry;
  if (subjects.some(({ before, after }) => before !== undefined || after !== undefined))
    return subjects.map(({ [when]: state }) => state);
  const states = text?.split(', ') ?? [];
  return states.length === subjects.length
    ? states.map((state) => (state === '–' ? undefined : state))
    : subjects.map(() => text);
}
