import { setTimeout as wait } from 'node:timers/promises';

/** How long work that is due may wait for something else to be done first, ms. */
const HEAD_START_MS = 1000;

/**
 * Starts recurring work once `first` is done, as people wait for that; where it takes longer than a head start, alongside.
 * Resolves when both are done, and rejects as `first` does: work that has not begun by then never begins.
 */
export async function startAfter(
  first: Promise<void>,
  passes: readonly { start(): void }[],
  headStart: () => Promise<void> = () => wait(HEAD_START_MS, undefined, { ref: false }),
): Promise<void> {
  await Promise.race([first, headStart()]);
  for (const pass of passes) pass.start();
  await first;
}
