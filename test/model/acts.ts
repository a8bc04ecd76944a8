import fc from 'fast-check';
import type { FaultPoint } from '../../src/changes/apply/fault-point.ts';
import type { Mishap, Mood } from './model-platform.ts';
import { type Decision, isOver, type ModelWorld, type Wish } from './model-world.ts';
import { NEWCOMERS, PEOPLE, USERS, WORKSPACES } from './people.ts';

/** What a story has shown so far, and what therefore may not be otherwise later. */
export interface Story {
  /** Ended changes with their states: only `Try again` moves one on. */
  readonly ended: Map<string, string>;
}

type Act = fc.AsyncCommand<Story, ModelWorld>;

/** One thing that somebody or time does; after it every rule holds. */
const act = (says: string, run: (world: ModelWorld) => Promise<void> | void): Act => ({
  check: () => true,
  toString: () => says,
  run: async (story, world) => {
    await run(world);
    const { broken, states } = await world.look();
    if (broken.length > 0) throw new Error(`After: ${says}: ${broken.join('; ')}`);
    for (const [id, state] of story.ended) {
      // Rule 12: nothing finished is repeated, nothing accepted is lost.
      const isSame = state === 'failed' ? states.has(id) : states.get(id) === state;
      if (!isSame) throw new Error(`After: ${says}: ${id} was ${state} and is ${states.get(id)}`);
    }
    for (const [id, state] of states) if (isOver(state)) story.ended.set(id, state);
  },
});

/** Something around the bot that will show in what it does next. */
const setting = (says: string, set: (world: ModelWorld) => void): Act => ({
  check: () => true,
  toString: () => says,
  run: async (_, world) => set(world),
});

/** One right after the other: what is rare alone is rarer still in a row. */
const both = (first: fc.Arbitrary<Act>, second: fc.Arbitrary<Act>): fc.Arbitrary<Act> =>
  fc.tuple(first, second).map(([one, other]) => ({
    check: () => true,
    toString: () => `${one}, ${other}`,
    run: async (story, world) => {
      await one.run(story, world);
      await other.run(story, world);
    },
  }));

const ROLES = ['OWNER', 'COLLABORATOR', 'none'] as const;
const person = fc.constantFrom(...PEOPLE);
const user = fc.constantFrom(...USERS);
/** Which of the changes so far: counted from the latest. */
const which = fc.nat({ max: 2 });

/** Who takes over a workspace that is left without an owner. */
const heir = fc.option(user, { nil: undefined, freq: 2 });

const asks = fc
  .record({
    by: person,
    user,
    enabled: fc.boolean(),
    twice: fc.boolean(),
    forMinutes: fc.option(fc.constantFrom(5, 600), { nil: undefined, freq: 3 }),
    heir,
    leavesOpen: fc.boolean(),
  })
  .map(({ by, user, enabled, twice, forMinutes, heir, leavesOpen }) =>
    act(
      `${by.id} asks ${twice ? 'twice ' : ''}to ${enabled ? 'activate' : 'deactivate'} ${user} for ${forMinutes}${handing(heir)}`,
      (world) =>
        world.ask(
          by,
          { wanted: [[user, enabled]], forMinutes: enabled ? forMinutes : undefined, heir, leavesOpen },
          twice,
        ),
    ),
  );

const handing = (heir: string | undefined): string => (heir === undefined ? '' : `, handing over to ${heir}`);

/** Somebody is to be something in a workspace, or to be deactivated: what concerns its owners. */
const concern = fc.oneof(
  fc
    .record({ user, workspace: fc.constantFrom(...WORKSPACES), role: fc.constantFrom(...ROLES) })
    .map((member): readonly [string, Wish] => [
      `make ${member.user} ${member.role} of ${member.workspace}`,
      { wanted: [], member },
    ]),
  fc
    .record({ user: fc.constantFrom('steve@ex.co', 'asteve@ex.co'), heir })
    .map(({ user, heir }): readonly [string, Wish] => [
      `deactivate ${user}${handing(heir)}`,
      { wanted: [[user, false]], heir },
    ]),
);

const memberships = fc
  .record({ by: person, concern })
  .map(({ by, concern: [says, wish] }) =>
    act(`${by.id} asks to ${says}`, (world) => world.ask(by, wish, false)),
  );

const together = fc
  .array(fc.record({ by: person, concern }), { minLength: 2, maxLength: 3 })
  .map((askings) =>
    act(
      `at once ${askings.map(({ by, concern: [says] }) => `${by.id} asks to ${says}`).join(' and ')}`,
      (world) => world.askTogether(askings.map(({ by, concern: [, wish] }) => [by, wish])),
    ),
  );

const swaps = fc.record({ by: person, leaves: user, comes: user, heir }).map(({ by, leaves, comes, heir }) =>
  act(`${by.id} asks to swap ${leaves} for ${comes}${handing(heir)}`, (world) =>
    world.ask(
      by,
      {
        wanted: [
          [leaves, false],
          [comes, true],
        ],
        heir,
      },
      false,
    ),
  ),
);

const invites = fc
  .record({
    by: person,
    email: fc.constantFrom(...NEWCOMERS),
    leaves: fc.option(user, { nil: undefined, freq: 2 }),
    twice: fc.boolean(),
    heir,
  })
  .map(({ by, email, leaves, twice, heir }) =>
    act(
      `${by.id} asks ${twice ? 'twice ' : ''}to invite ${email}${leaves ? ` in exchange for ${leaves}` : ''}`,
      (world) =>
        world.ask(by, { wanted: leaves === undefined ? [] : [[leaves, false]], invites: email, heir }, twice),
    ),
  );

const several = fc
  .record({
    by: person,
    users: fc.uniqueArray(user, { minLength: 2, maxLength: 4 }),
    enabled: fc.boolean(),
    forMinutes: fc.option(fc.constantFrom(5, 600), { nil: undefined, freq: 3 }),
    heir,
  })
  .map(({ by, users, enabled, forMinutes, heir }) =>
    act(
      `${by.id} asks to ${enabled ? 'activate' : 'deactivate'} ${users.join(' and ')} at once${handing(heir)}`,
      (world) =>
        world.ask(
          by,
          {
            wanted: users.map((one) => [one, enabled] as const),
            independent: true,
            forMinutes: enabled ? forMinutes : undefined,
            heir,
          },
          false,
        ),
    ),
  );

const decision = fc.tuple(
  person,
  fc.constantFrom<Decision>('approve', 'approve', 'approve', 'deny', 'cancel', 'try_again', 'keep'),
);

const decides = fc
  .record({
    decisions: fc.oneof(
      { weight: 3, arbitrary: decision.map((one) => [one]) },
      { weight: 1, arbitrary: fc.array(decision, { minLength: 2, maxLength: 3 }) },
    ),
    which,
    heir,
  })
  .map(({ decisions, which, heir }) => {
    const says = decisions.map(([{ id }, type]) => `${id} ${type}`).join(' and ');
    return act(`${says} on ${which}${handing(heir)}`, (world) => world.decide(decisions, which, heir));
  });

const undoes = fc
  .record({ by: person, which, heir })
  .map(({ by, which, heir }) =>
    act(`${by.id} undoes ${which}${handing(heir)}`, (world) => world.undo(by, which, heir)),
  );

const passes = fc
  .constantFrom(1, 6, 30, 13 * 60, 25 * 60)
  .map((minutes) => act(`${minutes} minutes pass`, (world) => world.pass(minutes)));

const moods = fc
  .constantFrom<Mood>('refuses', 'fails', 'loses answers', 'lists some only', 'well')
  .map((mood) =>
    setting(`the platform ${mood === 'well' ? 'is well' : mood}`, (world) => world.platform(mood)),
  );

const mishaps = fc
  .record({
    skip: fc.nat({ max: 2 }),
    mood: fc.constantFrom<Mishap['mood']>('refuses', 'fails', 'loses answers'),
  })
  .map((mishap) =>
    setting(`the platform ${mishap.mood} at a write, ${mishap.skip} later`, (world) => world.mishap(mishap)),
  );

const meddlers = fc
  .record({ user, enabled: fc.boolean() })
  .map(({ user, enabled }) =>
    setting(`right after a write somebody outside sets ${user} to ${enabled}`, (world) =>
      world.meddle(user, enabled),
    ),
  );

const slack = fc
  .boolean()
  .map((isDown) => setting(`Slack is ${isDown ? 'down' : 'up'}`, (world) => world.slack(isDown)));

const outside = fc
  .record({ user, enabled: fc.boolean() })
  .map(({ user, enabled }) =>
    setting(`somebody outside sets ${user} to ${enabled}`, (world) => world.outside(user, enabled)),
  );

const besides = fc
  .constantFrom(-20_000, -1500, 1500, 20_000)
  .map((skewMs) =>
    setting(`a process ${skewMs} ms ahead looks at the same moment`, (world) => world.beside(skewMs)),
  );

const shortLists = user.map((who) => setting(`the next list lacks ${who}`, (world) => world.hide(who)));

const restarts = fc.constant(setting('the bot is restarted', (world) => world.restart()));

const deaths = fc
  .constantFrom<FaultPoint>(
    'begun',
    'locked',
    'before_write',
    'after_write',
    'before_outcome',
    'after_outcome',
    'before_post',
    'after_post',
    'before_update',
    'after_update',
  )
  .map((point) => setting(`the bot will die at ${point}`, (world) => world.dieAt(point)));

/** What stories begin with. */
export const BEGINNINGS: fc.Arbitrary<Act> = fc.oneof(
  asks,
  swaps,
  both(mishaps, asks),
  several,
  memberships,
  together,
  both(mishaps, swaps),
  both(mishaps, invites),
  both(besides, asks),
  both(mishaps, several),
  both(mishaps, together),
  both(meddlers, both(mishaps, swaps)),
  both(meddlers, both(mishaps, several)),
);

/** Everything that can happen, the likelier the more often it stands here. */
export const ACTS: fc.Arbitrary<Act>[] = [
  asks,
  asks,
  both(mishaps, asks),
  swaps,
  both(mishaps, swaps),
  invites,
  both(mishaps, invites),
  both(deaths, invites),
  both(besides, asks),
  several,
  both(mishaps, several),
  memberships,
  both(mishaps, memberships),
  together,
  both(mishaps, together),
  both(deaths, together),
  decides,
  decides,
  decides,
  both(mishaps, decides),
  both(meddlers, both(mishaps, decides)),
  both(outside, decides),
  undoes,
  passes,
  both(outside, passes),
  both(besides, both(outside, passes)),
  both(shortLists, passes),
  moods,
  slack,
  restarts,
  deaths,
  both(deaths, decides),
];
