import { expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import type { WallarooSandbox } from '../../sandbox/wallaroo/start-wallaroo.ts';
import { pass } from './acting.ts';
import {
  again,
  approve,
  dmSaying,
  expectNoLiveButtons,
  openModal,
  request,
  submit,
  untilActive,
} from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WHO = 'ada@ex.co';

/** Mia's request for seven days, approved by Ben, an hour before its end. */
async function startTimed(): Promise<World> {
  const world = await startWorld();
  await approve(world, people.ben, await request(world, people.mia, `/wallaroo activate ${WHO} for 7d`));
  await world.slack.as(people.ben).close('all');
  await pass(world, 7 * DAY - HOUR);
  return world;
}

interface LockOut {
  readonly name: string;
  readonly says: RegExp;
  readonly begins: (wallaroo: WallarooSandbox) => void;
  readonly ends: (wallaroo: WallarooSandbox) => void;
}

const signInRefused = (name: string, error: string, description: string, says: RegExp): LockOut => ({
  name,
  says,
  begins: ({ faults }) =>
    faults.set('token', { status: 400, body: { error, error_description: description } }),
  ends: ({ faults }) => faults.clear('token'),
});

const LOCK_OUTS: readonly LockOut[] = [
  signInRefused('its password is not accepted', 'invalid_grant', 'Invalid user credentials', /password/),
  signInRefused('its account is deactivated', 'invalid_grant', 'Account disabled', /account is deactivated/),
  signInRefused('its client is refused', 'unauthorized_client', 'Invalid client secret', /OpenID client/),
  {
    name: 'its roles were taken',
    says: /lacks the permission/,
    begins: ({ faults }) =>
      faults.set('keycloak.users.get', { status: 403, body: { error: 'unknown_error' } }),
    ends: ({ faults }) => faults.clear('keycloak.users.get'),
  },
];

it.each(LOCK_OUTS)(
  'an access ends once the bot can work again, when $name as its time comes',
  async (lockOut) => {
    const world = await startTimed();
    lockOut.begins(world.wallaroo);
    await pass(world, 2 * HOUR);
    const card = await dmSaying(world, people.ben, lockOut.says);
    expect(card.text).toMatch(/Not done yet: [\s\S]*Retrying automatically\. :hourglass/);
    expect(card.buttons).toEqual(['Extend', 'Keep']);
    expect(world.isActive(WHO)).toBe(true);
    for (let hour = 0; hour < 12; hour += 1) await pass(world, HOUR);
    expect(world.isActive(WHO)).toBe(true);
    lockOut.ends(world.wallaroo);
    // As who corrects a setting does: then no pause after a refused sign-in is kept either.
    await world.bot.stop();
    const next = await world.startAnother();
    world.advance(MINUTE);
    await next.settled();
    await untilActive(world, WHO, false);
    await next.settled();
    expect(again(world, card, people.ben).text).toContain('Done');
    await expectNoLiveButtons({ ...world, bot: next });
  },
);

it('half of a swap is taken back once the bot can sign in again, be it an hour later', async () => {
  const leaves = 'testuser@wallaroo.ai';
  const world = await startWorld({ wallaroo: { seed: communitySeed({ seatsTaken: 5 }) } });
  const { faults } = world.wallaroo;
  await openModal(world, people.ben, `/wallaroo swap ${leaves} ${WHO}`);
  faults.set('keycloak.users.put', { status: 401, body: { error: 'HTTP 401 Unauthorized' }, skip: 1 });
  const body = { error: 'invalid_grant', error_description: 'Account disabled' };
  faults.set('token', { status: 400, body });
  const { text } = await submit(world, people.ben);
  expect(text).toMatch(/is being taken back\. Retrying automatically\. You/);
  for (let minute = 0; minute < 60; minute += 1) await pass(world, MINUTE);
  expect([leaves, WHO].map(world.isActive)).toEqual([false, false]);
  faults.clear();
  await pass(world, MINUTE);
  await untilActive(world, leaves, true);
  expect((await dmSaying(world, people.ben, 'was put back')).text).toContain('Failed');
  expect(world.isActive(WHO)).toBe(false);
  await expectNoLiveButtons(world);
});
