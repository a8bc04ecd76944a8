import { extendSteps } from './extend-activation.ts';
import { keepSteps } from './keep-active.ts';
import type { AnyStep } from './step-kind.ts';

/** The end of a timed activation that a step moves or drops, as who asked saw it. */
export interface EndAsked {
  /** The deactivation that waits for its time. */
  readonly changeId: string;
  readonly label: string;
  /** When it ended as they asked; steps of earlier versions do not say. */
  readonly before?: Date | undefined;
  /** When it is to end; `undefined`: never. */
  readonly until: Date | undefined;
}

/** The ends that these steps move or drop. */
export const endsAsked = (steps: readonly AnyStep[]): readonly EndAsked[] => [
  ...extendSteps({ steps }),
  ...keepSteps({ steps }).map((step) => ({ ...step, until: undefined })),
];
