import * as z from 'zod';
import type { StepKind } from './step-kind.ts';
import { STEP_KINDS } from './step-kinds.ts';

type Listed = (typeof STEP_KINDS)[number];

/** What a step has beside what its kind knows. */
const fate = z.object({
  /** Why it failed for good, where its change goes on without it. */
  failure: z.object({ code: z.string(), sentence: z.string() }).optional(),
  /** Id of the change that tries it again; empty where nothing was left to try. */
  retriedIn: z.string().optional(),
  /** For when the end of a timed activation was planned, once its change is put off to a later moment, ms since 1970. */
  plannedAtMs: z.number().optional(),
});

/** One step of a change, of any kind. */
export type Step = z.output<Listed['schema']> & Readonly<z.output<typeof fate>>;

/** What a change is for, as people see it; `several`: its steps are independent, and what is done of them stays. */
export type ChangeKind = { [L in Listed as L['type']]: keyof L['kinds'] }[Listed['type']] | 'several';

type AnyKind = Omit<StepKind<Step, ChangeKind>, 'kinds'>;

const kinds: readonly AnyKind[] = STEP_KINDS;
const byType: ReadonlyMap<string, AnyKind> = new Map(kinds.map((kind) => [kind.type, kind]));

/** Everything that the kind of a step knows. */
export function kindOfStep(step: Step): AnyKind {
  const kind = byType.get(step.type);
  if (kind === undefined) throw new Error(`no kind of step is called ${step.type}`);
  return kind;
}

/** Reads a step of any kind from JSON; fails for one that only a newer version of the bot knows. */
export const stepSchema: z.ZodType<Step> = z.intersection(z.union(kinds.map(({ schema }) => schema)), fate);

const sayings: Readonly<Record<string, string>> = Object.assign({}, ...STEP_KINDS.map((kind) => kind.kinds));

/** Every kind of change. */
export const CHANGE_KINDS: readonly ChangeKind[] = [...(Object.keys(sayings) as ChangeKind[]), 'several'];

/** What the trail says of a change of this kind that is done. */
export const doneSaying = (kind: ChangeKind): string => sayings[kind] ?? 'Done.';
