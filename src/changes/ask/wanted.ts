import type { Turn } from '../steps/step-kind.ts';
import type { Draft } from './ask-draft.ts';

/** What is wanted, once it is known of whom. Other than in a draft, users are named by their ids alone. */
export interface Wanted extends Omit<Draft, 'who'> {
  /** For a swap who leaves, then who comes. */
  readonly userIds: readonly string[];
}

/** What is to become of each. */
export const turnsWanted = ({ kind, userIds: [first = '', second = ''] }: Wanted): readonly Turn[] =>
  kind === 'swap'
    ? [
        { userId: first, enabled: false },
        { userId: second, enabled: true },
      ]
    : [{ userId: first, enabled: kind === 'activate' }];
