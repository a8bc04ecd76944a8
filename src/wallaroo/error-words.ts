import * as z from 'zod';

const MOST_WORDS = 200;

const text = z.string().optional().catch(undefined);

/** One violation of Keycloak's user profile (contract §4). */
const violationSchema = z.object({ field: text, errorMessage: text });

/** An error body of MLOps (contract §1), of Keycloak (§4), or of a gateway between them and us. */
const errorBody = z.object({
  msg: text,
  errorMessage: text,
  error: text,
  error_description: text,
  message: text,
  detail: text,
  field: text,
  errors: z.array(z.unknown()).optional().catch(undefined),
});

/** What keeps Keycloak from writing a user. */
export interface Violation {
  /** Of the user's profile, e.g. `email`. */
  readonly field: string | undefined;
  /** Keycloak's code or sentence. */
  readonly words: string;
}

/** The violations that an error body names: one beside its `field`, or several in `errors`. */
export function violationsOf(body: unknown): readonly Violation[] {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return [];
  const { errors = [], field, errorMessage } = parsed.data;
  return [{ field, errorMessage }, ...errors].flatMap((one) => {
    if (typeof one === 'string') return [{ field: undefined, words: one }];
    const violation = violationSchema.safeParse(one);
    if (!violation.success || violation.data.errorMessage === undefined) return [];
    return [{ field: violation.data.field, words: violation.data.errorMessage }];
  });
}

/** The words of an error body, cut for the log; `undefined` for HTML and the like. */
export function wordsOf(body: unknown): string | undefined {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { msg, errorMessage, error, error_description: description, message, detail } = parsed.data;
  const violations = violationsOf(body).map(({ field, words }) =>
    field === undefined ? words : `${field}: ${words}`,
  );
  const several = violations.length > 1 || errorMessage === undefined ? violations.join('; ') : '';
  const explained = error !== undefined && description !== undefined ? `${error}: ${description}` : error;
  const words = several || (msg ?? errorMessage ?? explained ?? message ?? detail);
  return words?.slice(0, MOST_WORDS);
}

/** Keycloak's word that there is no such user (contract §4), not that there is no such realm, path or backend. */
export function saysNoUser(body: unknown): boolean {
  const parsed = errorBody.safeParse(body);
  return parsed.success && /\buser\b/i.test(parsed.data.error ?? '');
}

/** The body of an error reply: JSON if it is JSON (contract P26), else the text. */
export function errorBodyOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}
