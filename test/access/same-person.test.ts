import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSlackSeed, type SeedPerson } from '../../sandbox/slack/seed.ts';
import { isSamePerson, loginKeys, personKeys } from '../../src/access/person-keys.ts';
import { ask, askModal } from '../flows/acting.ts';
import { approve, press, request, saying } from '../flows/requests.ts';
import { LICENSE, people, startWorld, type World, type WorldOptions } from '../flows/world.ts';

const SECOND = 'U0SECOND';
const ORG = { id: 'E0EX', teams: [defaultSlackSeed.team.id] };

/** Ex Co with another account of somebody in it, who reads what the others read. */
function withSecond(
  second: Partial<SeedPerson>,
  over: Readonly<Record<string, Partial<SeedPerson>>> = {},
): NonNullable<WorldOptions['slack']> {
  const account = { id: SECOND, handle: 'second', realName: 'Somebody Else', ...second };
  return {
    seed: {
      ...defaultSlackSeed,
      people: [...defaultSlackSeed.people.map((it) => ({ ...it, ...over[it.id] })), account],
      channels: defaultSlackSeed.channels.map((it) => ({ ...it, members: [...it.members, account.id] })),
    },
  };
}

/** The second account asks, and Ada presses `Approve`. */
async function askAndApprove(world: World, id = SECOND) {
  const card = await request(world, id, '/wallaroo activate nora');
  const shown = await press(world, people.ada, card, 'Approve');
  return { card, shown };
}

async function expectRefused(world: World, id = SECOND): Promise<void> {
  const { card, shown } = await askAndApprove(world, id);
  expect(shown.text).toContain('Nobody decides their own request');
  await world.slack.as(people.ada).close('all');
  const denied = await press(world, people.ada, card, 'Deny');
  expect(denied.text).toContain('Nobody decides their own request');
  expect(world.isActive('nora@ex.co')).toBe(false);
  // Another person may.
  await approve(world, people.ben, card);
  await saying(world, card, 'Ben');
  expect(world.isActive('nora@ex.co')).toBe(true);
}

describe('nobody decides their own request', () => {
  test('under a second Slack account with the same email, in whatever case', async () => {
    await expectRefused(await startWorld({ slack: withSecond({ email: 'ADA@Ex.Co' }) }));
  });

  test('after a restart in between, and though Slack tells their email no longer', async () => {
    const world = await startWorld({ slack: withSecond({ email: 'ada@ex.co' }) });
    const card = await request(world, SECOND, '/wallaroo activate nora');
    await world.bot.stop();
    const second = world.slack.workspace.state.people.get(SECOND);
    if (second !== undefined) Object.assign(second, { email: undefined });
    await world.startAnother();
    expect((await press(world, people.ada, card, 'Approve')).text).toContain(
      'Nobody decides their own request',
    );
    expect(world.isActive('nora@ex.co')).toBe(false);
  });

  test('in an Enterprise Grid under their id of the organisation', async () => {
    const id = 'W0ADA';
    const world = await startWorld({
      settings: { FOUR_EYES: 'true' },
      slack: withSecond(
        { id, email: undefined as never },
        { [people.ada]: { enterprise: { ...ORG, userId: id }, email: undefined as never } },
      ),
    });
    await expectRefused(world, id);
  });
});

test('an email that its account has not shown to be its own makes nobody the same person', async () => {
  const world = await startWorld({ slack: withSecond({ email: 'ada@ex.co', isEmailConfirmed: false }) });
  const { shown } = await askAndApprove(world);
  expect(shown.text).not.toContain('Nobody decides their own request');
});

test('two accounts of one person are one administrator: nobody else could decide', async () => {
  const world = await startWorld({
    settings: { FOUR_EYES: 'true', ADMINS: `${people.ada},${SECOND}` },
    slack: withSecond({ email: 'ada@ex.co' }),
  });
  const modal = await askModal(world, people.ada, '/wallaroo activate nora');
  expect(modal.text).toContain('Nobody could decide this request');
  await world.slack.as(people.ada).close('all');
  // For somebody else one person is enough.
  expect((await askModal(world, people.mia, '/wallaroo activate nora')).submit).toBe('Send request');
});

test('a request is found and withdrawn under the other account, too', async () => {
  const world = await startWorld({ slack: withSecond({ email: 'mia@ex.co' }) });
  const card = await request(world, SECOND, '/wallaroo activate nora');
  const list = await ask(world, people.mia, '/wallaroo requests', LICENSE);
  expect(list.text).toContain('nora@ex.co');
  expect(list.buttons).toContain('Withdraw');
  await world.slack.as(people.mia).press(list, 'Withdraw');
  await saying(world, card, 'Withdrawn');
});

const anyAccount = fc.record({
  ids: fc.uniqueArray(fc.constantFrom('U1', 'U2', 'W1', 'W2'), { minLength: 1, maxLength: 2 }),
  email: fc.constantFrom(undefined, 'a@ex.co', 'A@EX.co', 'b@ex.co'),
});

test('accounts are one person when they share an id or an email, no matter who is asked first', () => {
  fc.assert(
    fc.property(anyAccount, anyAccount, (one, other) => {
      const share = one.ids.some((id) => other.ids.includes(id));
      const sameEmail = one.email !== undefined && one.email.toLowerCase() === other.email?.toLowerCase();
      expect(isSamePerson(personKeys(one), personKeys(other))).toBe(share || sameEmail);
      expect(isSamePerson(personKeys(other), personKeys(one))).toBe(share || sameEmail);
    }),
  );
});

describe('somebody at a command line', () => {
  const keys = loginKeys('cli:ada@laptop', 'ada');

  test.each([
    [['U0ADA', 'email:ada@ex.co'], true],
    [['U0ADA', 'email:ada+work@ex.co'], true],
    [loginKeys('cli:ada@server', 'ada'), true],
    [['U0BEN', 'email:ben@ex.co'], false],
    [['U0ADAM', 'email:adam@ex.co'], false],
    [['U0ADA'], false],
    [loginKeys('cli:ben@laptop', 'ben'), false],
  ])('may be the person known by %j: %s', (other, expected) => {
    expect([isSamePerson(keys, other), isSamePerson(other, keys)]).toEqual([expected, expected]);
  });
});
