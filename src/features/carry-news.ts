import type { Duty } from '../jobs/recurring-pass.ts';

/** Tells somebody of changed users at the next pass, once for all that were changed until then; until it succeeds. */
export function carryNews(tell: () => Promise<void>): {
  readonly usersChanged: () => void;
  readonly duty: Duty;
} {
  let isDue = false;
  return {
    usersChanged: () => {
      isDue = true;
    },
    duty: {
      name: 'tell the digest of changed users',
      run: async () => {
        if (!isDue) return;
        isDue = false;
        await tell().catch((error: unknown) => {
          isDue = true;
          throw error;
        });
      },
    },
  };
}
