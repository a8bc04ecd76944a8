import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { ask } from './acting.ts';
import {
  approve,
  chooseLeaver,
  dmSaying,
  expectNoLiveButtons,
  openModal,
  press,
  request,
  saying,
  submit,
  threadOf,
} from './requests.ts';
import { FULL, people, startWorld, type World, type WorldOptions } from './world.ts';

const SEATS = 5;
const MINUTE = 60_000;

/** Every seat is taken; the answer counts how often the limit was exceeded at any moment. */
async function startFull(options: WorldOptions = {}): Promise<World & { readonly exceeded: () => number }> {
  const world = await startWorld({
    ...options,
    wallaroo: { seed: communitySeed({ enabled: FULL, seats: SEATS }) },
  });
  let exceeded = 0;
  world.wallaroo.on('change', () => {
    if (world.wallaroo.seats().taken > SEATS) exceeded += 1;
  });
  return { ...world, exceeded: () => exceeded };
}

const SWAP = '/wallaroo swap testuser@wallaroo.ai nora@ex.co';

describe('a swap', () => {
  it('is not offered over the limit, where it would leave as many too many', async () => {
    const world = await startWorld({
      wallaroo: { seed: communitySeed({ enabled: [...FULL, 'ivan@ex.co'], seats: SEATS }) },
    });
    const modal = await openModal(world, people.ada, SWAP);
    expect(modal.text).toContain('an exchange would not help either');
    expect(modal.submit).toBeUndefined();
    expect(modal.text).not.toContain('/wallaroo swap');
  });

  it('does both steps at a full license, the one who leaves first', async () => {
    const world = await startFull();
    const modal = await openModal(world, people.ada, SWAP);
    expect(modal.submit).toBe('Swap');
    expect(modal.text).toContain('Seats: 5 → 5 of 5');
    const result = await submit(world, people.ada);
    expect(result.text).toMatch(/testuser@wallaroo\.ai is now inactive[\s\S]*nora@ex\.co is now active/);
    expect([world.isActive('testuser@wallaroo.ai'), world.isActive('nora@ex.co')]).toEqual([false, true]);
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)).toMatchObject({
      event: 'applied',
      before: 'active, inactive',
      after: 'inactive, active',
    });
  });

  it('is one request with one approval', async () => {
    const world = await startFull();
    const card = await request(world, people.mia, SWAP);
    expect(card.text).toContain('replace testuser@wallaroo.ai with nora@ex.co');
    await approve(world, people.ben, card);
    await saying(world, card, 'Done, approved by @Ben Boss');
    expect([world.isActive('testuser@wallaroo.ai'), world.isActive('nora@ex.co')]).toEqual([false, true]);
    await expectNoLiveButtons(world);
  });

  it('for a time says whose time it is wherever it is asked for and told', async () => {
    const world = await startFull();
    const card = await request(world, people.mia, `${SWAP} for 2 days`);
    const words = 'replace testuser@wallaroo.ai with nora@ex.co (active for 2 days)';
    expect(card.text).toContain(words);
    expect(card.fallback).toContain(words);
    expect((await ask(world, people.ben, '/wallaroo requests')).text).toContain(words);
    await approve(world, people.ben, card);
    expect((await saying(world, card, 'Done, approved by @Ben Boss')).text).toContain(words);
    await dmSaying(world, people.mia, /Your request to replace [^\n]* \(active for 2 days\)/);
  });

  it('takes the first step back when the second fails for good, and the card says what happened', async () => {
    const world = await startFull();
    const card = await request(world, people.mia, SWAP);
    await press(world, people.ada, card, 'Approve');
    world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
    const result = await submit(world, people.ada);
    expect(result.text).toContain('testuser@wallaroo.ai was put back and is active again');
    const failed = await saying(world, card, 'Failed after approval');
    expect(failed.text).toContain('was put back and is active again');
    expect([world.isActive('testuser@wallaroo.ai'), world.isActive('nora@ex.co')]).toEqual([true, false]);
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
    expect((await press(world, people.ben, failed, 'Try again')).text).toContain('nora@ex.co is now active');
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
  });

  it('takes back as soon as Wallaroo lets it, when it falls silent just then', async () => {
    const world = await startFull();
    await openModal(world, people.ada, SWAP);
    world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
    const stop = world.wallaroo.on('response', ({ endpoint, status }) => {
      if (endpoint !== 'keycloak.users.put' || status !== 400) return;
      stop();
      world.wallaroo.faults.set('keycloak.users.put', { status: 503 });
    });
    expect((await submit(world, people.ada)).text).toContain('Not done: replace');
    world.wallaroo.faults.clear();
    world.advance(MINUTE);
    const dm = await dmSaying(world, people.ada, 'Failed');
    expect(dm.text).toContain('was put back and is active again');
    expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('is not said to be done later once it is given up, nor to put back whom it never let in', async () => {
    const world = await startFull();
    const card = await request(world, people.mia, SWAP);
    world.wallaroo.faults.set('keycloak.users.put', { status: 403, skip: 1, times: 1 });
    const stop = world.wallaroo.on('response', ({ endpoint, status }) => {
      if (endpoint !== 'keycloak.users.put' || status !== 403) return;
      stop();
      world.wallaroo.faults.set('keycloak.users.put', { status: 503 });
    });
    const result = await approve(world, people.ben, card);
    expect(result.text).toMatch(/^Not done: replace[\s\S]*is being taken back/);
    const { slack } = world;
    const said = () => threadOf(world, card).find((text) => text.includes('Retrying automatically'));
    expect(await slack.until(said)).toMatch(
      /^Not done\. .*permission.*What was done of it is being taken back\. Retrying automatically\.$/s,
    );
    world.wallaroo.faults.clear();
    world.advance(MINUTE);
    const failed = await saying(world, card, 'Failed');
    expect(failed.text).toContain('testuser@wallaroo.ai was put back and is active again.');
    expect(failed.text).toContain('nora@ex.co is inactive, as before.');
    expect(failed.text).not.toContain('Access tokens');
    await expectNoLiveButtons(world);
  });

  it('never exceeds the limit for taking back: not when somebody outside took the seat', async () => {
    const world = await startFull();
    await openModal(world, people.ada, SWAP);
    world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
    const stop = world.wallaroo.on('response', ({ endpoint, status }) => {
      if (endpoint !== 'keycloak.users.put' || status !== 400) return;
      stop();
      world.wallaroo.state.setEnabled('olga@ex.co', true);
    });
    const result = await submit(world, people.ada);
    expect(result.text).toContain('could not be put back');
    expect(world.wallaroo.seats().taken).toBe(SEATS);
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
  });

  it('goes on with the second step after a fault that passes', async () => {
    const world = await startFull();
    await openModal(world, people.ada, SWAP);
    world.wallaroo.faults.set('keycloak.users.put', { status: 503, skip: 1, times: 1 });
    expect((await submit(world, people.ada)).text).toContain('Not done yet');
    expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
    world.advance(MINUTE);
    await dmSaying(world, people.ada, /Done/);
    expect(world.isActive('nora@ex.co')).toBe(true);
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
  });

  it('keeps the seat between its steps: nobody slips in', async () => {
    const world = await startFull();
    await openModal(world, people.ada, SWAP);
    world.wallaroo.faults.set('keycloak.users.put', { status: 503, skip: 1, times: 1 });
    expect((await submit(world, people.ada)).text).toContain('Not done yet');
    await openModal(world, people.ben, '/wallaroo activate olga@ex.co');
    const bens = await submit(world, people.ben);
    expect(bens.text).toContain('The license is full');
    world.advance(MINUTE);
    await dmSaying(world, people.ada, /Done/);
    expect([world.isActive('nora@ex.co'), world.isActive('olga@ex.co')]).toEqual([true, false]);
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
  });

  it('refuses two names of one user, and one who frees no seat', async () => {
    const world = await startFull();
    const same = await openModal(world, people.ada, '/wallaroo swap testuser testuser@wallaroo.ai');
    expect(same.text).toContain('Both are the same user');
    const idle = await openModal(world, people.ada, '/wallaroo swap olga@ex.co nora@ex.co');
    expect(idle.submit).toBeUndefined();
    expect(idle.text).toMatch(/is already inactive|does not free/);
  });

  it('can be undone, in one', async () => {
    const world = await startFull();
    await openModal(world, people.ben, SWAP);
    await submit(world, people.ben);
    await press(world, people.ben, 'modal', 'Undo');
    expect([world.isActive('testuser@wallaroo.ai'), world.isActive('nora@ex.co')]).toEqual([true, false]);
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
  });
});

describe('an exchange at a full license', () => {
  it('is offered in the modal of a direct activation, idle longest first, protected people left out', async () => {
    const world = await startFull({ settings: { PROTECTED_USERS: 'mia@ex.co' } });
    const modal = await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    expect(modal.text).toContain('Every seat is taken');
    const all = world.slack.textOf(modal);
    expect(all.indexOf('testuser@wallaroo.ai')).toBeGreaterThan(0);
    expect(all.indexOf('testuser@wallaroo.ai')).toBeLessThan(all.indexOf('steve@ex.co'));
    for (const name of ['mia@ex.co', 'chatops@ex.co', 'admin |']) expect(all).not.toContain(name);
    const ada = world.slack.as(people.ada);
    const { errors } = await ada.submit();
    expect(Object.keys(errors)).toEqual(['Deactivate in exchange']);
    await chooseLeaver(world, people.ada, /testuser/);
    const result = await submit(world, people.ada);
    expect(result.text).toMatch(/testuser@wallaroo\.ai is now inactive[\s\S]*nora@ex\.co is now active/);
    expect(world.exceeded()).toBe(0);
    await expectNoLiveButtons(world);
  });

  it('is offered to a member, whose request then names both', async () => {
    const world = await startFull();
    await openModal(world, people.steve, '/wallaroo activate nora@ex.co');
    const steve = world.slack.as(people.steve);
    await expect(steve.choose('Deactivate in exchange', /steve/)).rejects.toThrow('no single option');
    await chooseLeaver(world, people.steve, /testuser/);
    expect((await submit(world, people.steve, 'please')).text).toContain('Request sent');
    const dm = await dmSaying(world, people.steve, 'replace testuser@wallaroo.ai with nora@ex.co');
    expect(dm.text).toContain('Seats: 5 → 5 of 5');
    await expectNoLiveButtons(world);
  });

  it('is offered to the approver when the last seat has gone since the request', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    const modal = await press(world, people.ada, card, 'Approve');
    expect(modal.text).toContain('Every seat is taken');
    await chooseLeaver(world, people.ada, /olga/);
    const result = await submit(world, people.ada);
    expect(result.text).toMatch(/olga@ex\.co is now inactive[\s\S]*nora@ex\.co is now active/);
    expect(world.wallaroo.seats().taken).toBe(SEATS);
    await saying(world, card, 'replace olga@ex.co with nora@ex.co');
    await expectNoLiveButtons(world);
  });

  it('is offered by `Try again` after the license was full at the very moment', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.setEnabled('steve', false);
    const modal = await press(world, people.ada, card, 'Approve');
    expect(modal.text).toContain('Seats: 3 → 4 of 5, 1 left. The card says 4 → 5 of 5, the last one.');
    for (const name of ['steve', 'olga@ex.co']) world.wallaroo.state.setEnabled(name, true);
    expect((await submit(world, people.ada)).text).toContain('The license is full');
    const failed = await saying(world, card, 'The license is full');
    await press(world, people.ben, failed, 'Try again');
    await chooseLeaver(world, people.ben, /olga/);
    expect((await submit(world, people.ben)).text).toContain('nora@ex.co is now active');
    await saying(world, card, 'Done');
    await expectNoLiveButtons(world);
  });

  it('refuses whom the guards protect by then, and changes nothing', async () => {
    const world = await startFull();
    await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    await chooseLeaver(world, people.ada, /testuser/);
    world.wallaroo.state.setEnabled('testuser@wallaroo.ai', false);
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    const result = await submit(world, people.ada);
    expect(result.text).toContain('This exchange is not possible');
    expect(world.isActive('nora@ex.co')).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('is searched for in an external select beyond a hundred candidates', async () => {
    const seats = 130;
    const world = await startWorld({
      settings: { LICENSE_SEATS: String(seats) },
      wallaroo: { seed: communitySeed({ seatsTaken: seats, seats }) },
    });
    world.wallaroo.state.addUser({ username: 'zoe@ex.co', email: 'zoe@ex.co', enabled: false });
    await openModal(world, people.ada, '/wallaroo activate zoe@ex.co');
    const ada = world.slack.as(people.ada);
    expect(await ada.search('Deactivate in exchange', '')).toHaveLength(100);
    expect(await ada.search('Deactivate in exchange', 'guest77')).toEqual(['guest77@ex.co']);
    await ada.choose('Deactivate in exchange', 'guest77@ex.co');
    expect((await submit(world, people.ada)).text).toContain('zoe@ex.co is now active');
    expect(world.isActive('guest77@ex.co')).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('answers a search within three seconds while Wallaroo hangs', async () => {
    const seats = 130;
    const world = await startWorld({
      settings: { LICENSE_SEATS: String(seats) },
      wallaroo: { seed: communitySeed({ seatsTaken: seats, seats }) },
    });
    world.wallaroo.state.addUser({ username: 'zoe@ex.co', email: 'zoe@ex.co', enabled: false });
    await openModal(world, people.ada, '/wallaroo activate zoe@ex.co');
    world.advance(10 * MINUTE);
    world.wallaroo.faults.set('users.query', { hang: true });
    const found = await world.slack.as(people.ada).search('Deactivate in exchange', 'guest');
    expect(Array.isArray(found)).toBe(true);
  });

  it('is not needed for the last seat, which can be used', async () => {
    const world = await startWorld();
    const modal = await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    expect(modal.inputs).not.toContain('Deactivate in exchange');
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now active');
    expect(world.wallaroo.seats().taken).toBe(SEATS);
    await expectNoLiveButtons(world);
  });
});
