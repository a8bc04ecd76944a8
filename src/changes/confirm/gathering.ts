import { kindOfStep, type Step } from '../steps/step.ts';
import type { Turn } from '../steps/step-kind.ts';

/** What is gathered for a confirmation. */
export interface GatherOptions {
  /** Whether to read the workspaces of those who leave. @default true */
  readonly workspaces?: boolean;
  /** Steps of the same change that switch nobody, and may take seats. */
  readonly further?: readonly Step[];
  /** All steps of the change: what they say of workspaces is asked about no more. */
  readonly steps?: readonly Step[];
  /** Wallaroo has just refused to let somebody in, for its license, although the bot counts a free seat. @default false */
  readonly takesNoMore?: boolean | undefined;
}

/** How the users are read. */
export interface ReadingOptions {
  readonly fresh?: boolean;
  readonly leaving?: readonly string[];
  /** Whether a list that ends early is good enough: then nobody is counted by it. */
  readonly evenIfCut?: boolean;
}

/** Whether a change neither switches anybody nor concerns seats, as one of memberships: its members are read by id. */
export const countsNobody = (wanted: readonly Turn[], further: readonly Step[]): boolean =>
  wanted.length === 0 && further.every((step) => kindOfStep(step).seat(step) === undefined);

export const switchesNobody = (step: Step): boolean => kindOfStep(step).turns(step) === undefined;
