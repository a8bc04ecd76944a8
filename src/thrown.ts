const LONGEST_TEXT = 2000;

/** What `read` gives; `otherwise` where reading throws, as a getter or a proxy may. */
function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

const isError = (thrown: unknown): thrown is Error => safely(() => thrown instanceof Error, false);

/** JSON, so that secrets in it are found and hidden like those of any other text. */
const asJson = (thrown: unknown): string | undefined =>
  safely(() => (typeof thrown === 'object' ? JSON.stringify(thrown) : String(thrown)), undefined);

/** What was thrown or rejected, in words. Anything may be: a text, `null`, an object whose getters throw. Never throws. */
export function thrownText(thrown: unknown): string {
  const told = isError(thrown)
    ? safely(() => `${thrown.name}: ${thrown.message}`, undefined)
    : asJson(thrown);
  return (told ?? 'something that cannot be read').slice(0, LONGEST_TEXT);
}

/** Something was thrown that is no `Error`. */
class ThrownValueError extends Error {
  override readonly name = 'ThrownValueError';
}

/** What was thrown as an error, itself if it is one. */
export const errorOf = (thrown: unknown): Error =>
  isError(thrown) ? thrown : new ThrownValueError(`thrown without being an error: ${thrownText(thrown)}`);

/** Why an error came about, as far as it tells. */
export function causeText(error: Error): string | undefined {
  const cause = safely(() => error.cause, undefined);
  return cause === undefined ? undefined : thrownText(cause);
}

/** What a log line says of an error, or of what was thrown in place of one; causes are part of message and stack. */
export interface ThrownFacts {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
}

/** The facts of anything that was thrown. `read` takes them from an error; what it cannot read is read without it. */
export function thrownFacts(thrown: unknown, read: (error: Error) => Omit<ThrownFacts, 'code'>): ThrownFacts {
  if (!isError(thrown)) return { type: typeof thrown, message: thrownText(thrown) };
  const facts = safely(() => read(thrown), undefined);
  const code = safely(() => ('code' in thrown ? String(thrown.code) : undefined), undefined);
  return {
    ...(facts ?? { type: 'Error', message: thrownText(thrown) }),
    ...(code === undefined ? {} : { code }),
  };
}

/** The message and code of anything that was thrown, the code empty where there is none. Never throws. */
export function thrownWords(thrown: unknown): { readonly message: string; readonly code: string } {
  const { message, code = '' } = thrownFacts(thrown, (error) => ({
    type: error.name,
    message: error.message,
  }));
  return { message, code };
}
