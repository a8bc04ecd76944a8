import type { AuditSubject } from './audit-trail.ts';

interface Concerning {
  readonly subjects: readonly Pick<AuditSubject, 'label' | 'failed'>[];
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
  const before = statesOf(entry.before, subjects.length);
  const after = statesOf(entry.after, subjects.length);
  if (before === undefined || after === undefined) return [entry];
  return subjects.map((subject, at) => ({
    ...entry,
    subjects: [subject],
    before: before[at],
    after: after[at],
    ...(subject.failed === undefined ? {} : { event: 'failed', outcome: subject.failed }),
  }));
}

/** The state of each user; `undefined` where the text does not name one for each. */
function statesOf(text: string | undefined, count: number): readonly (string | undefined)[] | undefined {
  const states = text === undefined ? Array.from({ length: count }, () => undefined) : text.split(', ');
  return states.length === count ? states.map((state) => (state === '–' ? undefined : state)) : undefined;
}
