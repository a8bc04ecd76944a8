import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { ACTS, BEGINNINGS } from './acts.ts';
import { ModelWorld } from './model-world.ts';

/** Stories of both kinds together. `MODEL_RUNS=50000` tells more, `MODEL_SEED=…` others. */
const RUNS = Math.ceil(Number(process.env.MODEL_RUNS ?? 5000) / 2);
const SEED = Number(process.env.MODEL_SEED ?? 20261125);
const MOST_ACTS = 8;

/** Tells random stories of people, clicks, faults, crashes and time; every rule holds after each of their steps. */
export function testStories(fourEyes: boolean): void {
  let world: ModelWorld;
  beforeAll(async () => {
    world = await ModelWorld.create();
  });
  afterAll(() => world?.stop());

  const name = `with FOUR_EYES=${fourEyes} the rules hold after every step of ${RUNS} random stories`;
  const tell = async (): Promise<void> => {
    const acts = fc.commands(ACTS, { maxCommands: MOST_ACTS, size: 'max' });
    const property = fc.asyncProperty(BEGINNINGS, acts, async (beginning, story) => {
      await world.begin(fourEyes);
      const model = { ended: new Map<string, string>() };
      await beginning.run(model, world);
      await fc.asyncModelRun(() => ({ model, real: world }), story);
      const faults = await world.settle();
      if (faults.length > 0) throw new Error(`Once all is settled: ${faults.join('; ')}`);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  };
  test(name, tell, 1_800_000);
}
