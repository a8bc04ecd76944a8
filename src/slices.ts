import type { Work } from './work.ts';

/** How long the event loop may be kept from everybody else at a time, ms. */
const SLICE_MS = 8;

type Go = () => void;

const waiting: Go[] = [];

/** One goes on for each turn of the event loop, however many wait: else their slices would add up. */
function nextTurn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(nextTurn);
}

const turn = (): Promise<void> =>
  new Promise((go) => {
    waiting.push(go);
    if (waiting.length === 1) setImmediate(nextTurn);
  });

/** Runs the work a slice at a time, and gives the event loop to others in between. */
export async function inSlices<T>(work: Work<T>): Promise<T> {
  let untilMs = performance.now() + SLICE_MS;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() < untilMs) continue;
    await turn();
    untilMs = performance.now() + SLICE_MS;
  }
}
