/** What a check came to. `warning`: it may be meant so. `unchecked` is none of these: its text says why. */
export type Outcome =
  | { readonly state: 'right' | 'unchecked'; readonly text: string }
  | { readonly state: 'wrong' | 'warning'; readonly text: string; readonly remedy: string };

/** One thing to look at. It changes nothing anywhere. */
export interface Check {
  readonly name: string;
  /** Settings, and checks before it, without which it makes no sense. */
  readonly needs: readonly string[];
  readonly run: () => Promise<Outcome>;
}

export type Finding = Outcome & {
  readonly name: string;
  /** Of a setting that is wrong: it has no value at all. */
  readonly isUnset?: boolean;
  /** Of an unchecked one: what must be mended first, as `WALLAROO_URL is not set`. */
  readonly waitsFor?: string;
};

export const right = (text: string): Outcome => ({ state: 'right', text });
export const unchecked = (text: string): Outcome => ({ state: 'unchecked', text });
export const wrong = (text: string, remedy: string): Outcome => ({ state: 'wrong', text, remedy });
export const warning = (text: string, remedy: string): Outcome => ({ state: 'warning', text, remedy });

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
  const missing = before.find((finding) => finding?.state === 'wrong' || finding?.state === 'unchecked');
  if (missing !== undefined) {
    const waitsFor = missing.state === 'wrong' ? faultOf(missing) : missing.waitsFor;
    return waitsFor === undefined
      ? { name, ...unchecked(missing.text) }
      : { name, ...unchecked(`not checked, because ${waitsFor}`), waitsFor };
  }
  try {
    return { name, ...(await run()) };
  } catch (error) {
    return { name, ...explain(error) };
  }
}

const faultOf = ({ name, isUnset }: Finding): string => `${name} is ${isUnset ? 'not set' : 'wrong'}`;
