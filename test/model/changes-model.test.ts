import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createModelWorld, type ModelWorld, PEOPLE, USERS } from './model-world.ts';

/** Four a second on two cores: `MODEL_RUNS=5000` takes about twenty minutes. */
const RUNS = Number(process.env.MODEL_RUNS ?? 100);

let world: ModelWorld;
beforeAll(async () => {
  world = await createModelWorld();
});
afterAll(async () => {
  await world?.stop();
});

type Act = (world: ModelWorld) => Promise<void>;
const person = fc.constantFrom(...PEOPLE);
const user = fc.constantFrom(...USERS);
/** Which of the changes so far: counted from the latest. */
const which = fc.nat({ max: 5 });

/** One thing that somebody, the platform or time may do. */
const acts: fc.Arbitrary<{ readonly says: string; readonly act: Act }> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ person, user, enabled: fc.boolean() }).map((ask) => ({
      says: `${ask.person.id} asks ${ask.enabled ? 'for' : 'to end'} ${ask.user}`,
      act: (at: ModelWorld) => at.ask(ask.person, [[ask.user, ask.enabled]]),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ person, leaves: user, comes: user }).map(({ person: by, leaves, comes }) => ({
      says: `${by.id} asks to swap ${leaves} for ${comes}`,
      act: (at: ModelWorld) =>
        at.ask(by, [
          [leaves, false],
          [comes, true],
        ]),
    })),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({ person, which, type: fc.constantFrom('approve', 'deny', 'cancel', 'try_again' as const) })
      .map((it) => ({
        says: `${it.person.id} presses ${it.type} on ${it.which}`,
        act: (at: ModelWorld) => at.decide(it.person, it.which, it.type as 'approve'),
      })),
  },
  {
    weight: 2,
    arbitrary: which.map((at) => ({
      says: `two administrators approve ${at} at once, one of them twice`,
      act: (model: ModelWorld) => model.approveTogether(at),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, 30, 13 * 60, 25 * 60).map((minutes) => ({
      says: `${minutes} minutes pass`,
      act: (at: ModelWorld) => at.pass(minutes),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('refuses', 'fails', 'answers no more', 'is well' as const).map((how) => ({
      says: `the platform ${how}`,
      act: async (at: ModelWorld) => at.platform(how as 'fails'),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ user, enabled: fc.boolean() }).map((it) => ({
      says: `somebody sets ${it.user} to ${it.enabled} outside Slack`,
      act: async (at: ModelWorld) => at.outside(it.user, it.enabled),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ says: 'the bot starts anew', act: async (at: ModelWorld) => at.restart() }),
  },
);

test(`the rules hold after every step of ${RUNS} random stories`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 14 }), async (story) => {
      await world.begin();
      for (const { says, act } of story) {
        await act(world);
        expect(await world.brokenRules(), `after: ${says}`).toEqual([]);
      }
      await world.settle();
      expect(await world.brokenRules(), 'once all is settled').toEqual([]);
      expect(await world.unfinished(), 'once all is settled').toEqual([]);
    }),
    { numRuns: RUNS, seed: 20261125, endOnFailure: true },
  );
}, 1_800_000);
