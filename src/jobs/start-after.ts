import { setTimeout as wait } from 'node:timers/promises';

/** How long work that is due may wait for something else to be done first, ms. */
const HEAD_START_MS = 1000;

/**
 * Starts recurring work once `first` is done, as people wait for that; where it takes long, alongside. Resolves when both are
 * done, and rejects as `first` does.
 */
export async function startAfter(first: Promise<void>, passes: readonly { start(): void }[]): Promise<void> {
  await Promise.race([first, wait(HEAD_START_MS, undefined, { ref: false })]);
  for (const pass of passes) pass.start();
  await first;
}
