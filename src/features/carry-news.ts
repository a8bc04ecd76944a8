import type { Duty } from '../jobs/recurring-pass.ts';

/**
 * Tells somebody of changed users at the next pass, once for all that were changed until then; until it succeeds.
 * `changedElsewhere`: whether another process, which tells nobody, has changed users since the last call.
 */
export function carryNews(
  tell: () => Promise<void>,
  changedElsewhere: () => Promise<boolean>,
): {
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
        if (await changedElsewhere()) isDue = true;
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
