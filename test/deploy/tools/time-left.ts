/** Where a proof that is skipped is a fault (CONTRIBUTING.md). */
export const areRequired = process.env.DEPLOY_PROOFS === 'required';
/** All that is fetched has to be there by then, so that a slow package index costs proofs and never the run. */
const DEADLINE_MS = areRequired ? 600_000 : 240_000;
/** Enough for what is done with what is there. */
const LEAST_MS = 5000;

const beganMs = performance.now();

/** At most so long, and no longer than the deadline allows, ms. */
export const timeLeft = (mostMs: number): number =>
  Math.round(Math.max(LEAST_MS, Math.min(mostMs, beganMs + DEADLINE_MS - performance.now())));
