import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { pass } from './acting.ts';
import { approve, expectNoLiveButtons, openModal, press, request, submit, untilActive } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WHO = 'nora@ex.co';
const OTHER = 'olga@ex.co';
const OVER = /The access of "?nora@ex\.co"? was to end [\d-]+ [\d:]+ UTC\. That has passed/;
const AS_BEFORE = /nora@ex\.co is active until [\d-]+ [\d:]+ UTC, as before/;

/** Seven days, asked for by Mia and approved by Ben, and another user without an end. */
async function startTimed(): Promise<World> {
  const world = await startWorld({
    wallaroo: { seed: communitySeed({ seats: 9 }) },
    settings: { LICENSE_SEATS: '9' },
  });
  await approve(world, people.ben, await request(world, people.mia, `/wallaroo activate ${WHO} for 7d`));
  await world.slack.as(people.ben).close('all');
  await change(world, `/wallaroo activate ${OTHER}`);
  return world;
}

/** Ben changes something at once, by a command. */
async function change(world: World, command: string): Promise<void> {
  await openModal(world, people.ben, command);
  await submit(world, people.ben);
}

/** Ben deactivates, and undoes it: which fails for the one whose access is to end. */
async function failToUndo(world: World, names: string): Promise<void> {
  await change(world, `/wallaroo deactivate ${names}`);
  expect(world.isActive(WHO)).toBe(false);
  const skip = names.includes(OTHER) ? 1 : 0;
  world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip, times: 1 });
  const undone = await press(world, people.ben, 'modal', 'Undo');
  expect(undone.buttons).toContain('Try again');
  expect(world.isActive(WHO)).toBe(false);
}

describe.each([
  ['of one', WHO],
  ['of several', `${WHO} ${OTHER}`],
])('an undo %s that failed for somebody, tried again', (_, names) => {
  it('leaves the end as before, also after its reminder was due', async () => {
    const world = await startTimed();
    await pass(world, 2 * DAY);
    await failToUndo(world, names);
    await pass(world, 4 * DAY + 60 * MINUTE);
    await press(world, people.ben, 'modal', 'Try again');
    await untilActive(world, WHO, true);
    expect(world.slack.as(people.ben).modal()?.text).toMatch(AS_BEFORE);
    await pass(world, DAY);
    await untilActive(world, WHO, false);
    await expectNoLiveButtons(world);
  });

  it('lets nobody in whose access was to end by then', async () => {
    const world = await startTimed();
    await pass(world, 7 * DAY - 5 * MINUTE);
    await failToUndo(world, names);
    await pass(world, 30 * MINUTE);
    const again = await press(world, people.ben, 'modal', 'Try again');
    expect(again.text).toMatch(OVER);
    expect(again.buttons).not.toContain('Try again');
    await pass(world, 20 * MINUTE);
    expect(world.isActive(WHO)).toBe(false);
    await expectNoLiveButtons(world);
  });
});

it('an activation until a moment that has passed lets nobody in when it is tried again', async () => {
  const world = await startWorld();
  await openModal(world, people.ben, `/wallaroo activate ${WHO} until tomorrow`);
  world.wallaroo.faults.set('keycloak.users.put', { status: 400, times: 1 });
  const failed = await submit(world, people.ben);
  expect(failed.buttons).toContain('Try again');
  await pass(world, 3 * DAY);
  const again = await press(world, people.ben, 'modal', 'Try again');
  expect(again.text).toContain('The time for which this was asked is over by now');
  expect(again.buttons).not.toContain('Try again');
  expect(world.isActive(WHO)).toBe(false);
});
