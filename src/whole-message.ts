import { thrownText } from './thrown.ts';

/** Deeper ones repeat what was said. */
const MOST_CAUSES = 5;

/**
 * What was thrown with its causes, as `fetch failed (connect ECONNREFUSED 127.0.0.1:9)`: of several tries, as for a
 * name with two addresses, the first. A cause that says nothing gives its code. Never throws.
 */
export function wholeMessage(thrown: unknown): string {
  try {
    return thrown instanceof Error ? withCauses(thrown) : thrownText(thrown);
  } catch {
    // A getter of it threw.
    return thrownText(thrown);
  }
}

function withCauses(error: Error): string {
  const told: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < MOST_CAUSES && at !== undefined && at !== null; depth += 1) {
    const message = messageOf(at);
    if (message !== '' && !told.some((earlier) => earlier.includes(message))) told.push(message);
    at = causeOf(at);
  }
  const [first = error.name, ...causes] = told;
  return causes.length === 0 ? first : `${first} (${causes.join(': ')})`;
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!(error instanceof Error)) return '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // TLS and the system say in words what only the code names for sure; those of libraries repeat their message.
  const isSystem = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code);
  if (error.message === '') return code;
  return isSystem && !error.message.includes(code) ? `${error.message}, ${code}` : error.message;
}

function causeOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0];
  if (typeof error !== 'object' || error === null) return undefined;
  if ('cause' in error && error.cause !== undefined) return error.cause;
  // Slack's errors keep it there.
  return 'original' in error ? error.original : undefined;
}
