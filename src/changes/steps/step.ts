import { z } from 'zod';
import type { StepKind } from './step-kind.ts';
import { STEP_KINDS } from './step-kinds.ts';

type Listed = (typeof STEP_KINDS)[number];

/** One step of a change, of any kind. */
export type Step = z.output<Listed['schema']>;

/** What a change is for, as people see it. */
export type ChangeKind = { [L in Listed as L['type']]: keyof L['kinds'] }[Listed['type']];

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
export const stepSchema: z.ZodType<Step> = z.union(kinds.map(({ schema }) => schema));

const sayings: Readonly<Record<string, string>> = Object.assign({}, ...STEP_KINDS.map((kind) => kind.kinds));

/** Every kind of change. */
export const CHANGE_KINDS = Object.keys(sayings) as readonly ChangeKind[];

/** What the trail says of a change of this kind that is done. */
export const doneSaying = (kind: ChangeKind): string => sayings[kind] ?? 'Done.';
