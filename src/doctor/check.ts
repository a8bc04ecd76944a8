/** What a check came to. `unchecked` is neither: its text says why. */
export type Outcome =
  | { readonly state: 'right' | 'unchecked'; readonly text: string }
  | { readonly state: 'wrong'; readonly text: string; readonly remedy: string };

/** One thing to look at. It changes nothing anywhere. */
export interface Check {
  readonly name: string;
  /** Settings, and checks before it, without which it makes no sense. */
  readonly needs: readonly string[];
  readonly run: () => Promise<Outcome>;
}

export type Finding = Outcome & { readonly name: string };

export const right = (text: string): Outcome => ({ state: 'right', text });
export const unchecked = (text: string): Outcome => ({ state: 'unchecked', text });
export const wrong = (text: string, remedy: string): Outcome => ({ state: 'wrong', text, remedy });

/**
 * Runs all checks at the same time and yields what they found in their order. One that throws is wrong, in the words
 * of `explain`; one whose needs are not right is left out. `known` are findings that others may need, yielded first.
 */
export async function* examine(
  checks: readonly Check[],
  known: readonly Finding[],
  explain: (error: unknown) => Outcome,
): AsyncGenerator<Finding> {
  const begun = new Map(known.map((finding) => [finding.name, Promise.resolve(finding)]));
  for (const check of checks) begun.set(check.name, examineOne(check, begun, explain));
  for (const finding of begun.values()) yield await finding;
}

async function examineOne(
  { name, needs, run }: Check,
  begun: ReadonlyMap<string, Promise<Finding>>,
  explain: (error: unknown) => Outcome,
): Promise<Finding> {
  const before = await Promise.all(needs.map((need) => begun.get(need)));
  const missing = before.find((finding) => finding !== undefined && finding.state !== 'right');
  if (missing !== undefined) {
    const reason = missing.state === 'wrong' ? `not checked, because ${missing.name} is wrong` : missing.text;
    return { name, ...unchecked(reason) };
  }
  try {
    return { name, ...(await run()) };
  } catch (error) {
    return { name, ...explain(error) };
  }
}

/** Computes a value when it is first asked for, and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
