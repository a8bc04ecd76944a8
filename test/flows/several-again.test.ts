import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { workspaceNamed } from '../support/workspaces.ts';
import { messageNow } from './acting.ts';
import {
  approve,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
} from './requests.ts';
import { people, startWorld, type World, type WorldOptions } from './world.ts';

const SEVERAL = 'nora@ex.co olga@ex.co a_b@ex.co';

const start = (options: WorldOptions = {}) =>
  startWorld({
    ...options,
    settings: { LICENSE_SEATS: '9', ...options.settings },
    wallaroo: { seed: communitySeed({ seats: 9 }) },
  });

const active = (world: World, ...who: readonly string[]): readonly boolean[] => who.map(world.isActive);
const all = (world: World) => active(world, 'nora@ex.co', 'olga@ex.co', 'a_b@ex.co');
/** The second of those who are switched next fails. */
const failSecond = ({ wallaroo }: World): void =>
  wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });

describe('Try again of several that were done in part', () => {
  it('makes a change of those that failed, once, and goes from the card and the line', async () => {
    const world = await start();
    failSecond(world);
    await openModal(world, people.ada, `/wallaroo activate ${SEVERAL} for 2 days`);
    const result = await submit(world, people.ada);
    expect(result.text).toContain('Done for 2 of 3');
    expect(all(world)).toEqual([true, false, true]);
    const line = await lineSaying(world, 'Done for 2 of 3');
    const drawn = JSON.stringify(line.blocks);
    expect(drawn).toContain('Try the one that failed again?');
    expect(drawn).toContain('This will activate olga@ex.co for 2 days.');
    const again = await press(world, people.ben, line, 'Try again');
    expect(again.text).toContain('olga@ex.co is now active');
    expect(all(world)).toEqual([true, true, true]);
    const told = await saying(world, line, 'Tried again in change');
    expect(JSON.stringify(told.blocks)).not.toContain('Try the one');
    expect(JSON.stringify(told.blocks)).toContain('Undo this change?');
    // Out of date: it is drawn with the button, which has been pressed since.
    const stale = await press(world, people.ada, 'modal', 'Try again');
    expect(stale.text).toContain('Nothing of this is left to try again');
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes.filter(({ origin }) => origin === 'direct').map(({ kind }) => kind)).toEqual([
      'several',
      'activate',
    ]);
    await expectNoLiveButtons(world);
  });

  it('says what hinders it, and that nothing is left where somebody did it meanwhile', async () => {
    const world = await start();
    failSecond(world);
    await openModal(world, people.ada, `/wallaroo activate ${SEVERAL}`);
    await submit(world, people.ada);
    const line = await lineSaying(world, 'Done for 2 of 3');
    for (const who of ['mia@ex.co', 'ivan@ex.co', 'robot']) world.wallaroo.state.setEnabled(who, true);
    expect((await press(world, people.ben, line, 'Try again')).text).toContain('Every seat is taken by now');
    expect(JSON.stringify(messageNow(world, people.ben, line).blocks)).toContain('Try the one');
    world.wallaroo.state.setEnabled('robot', false);
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    expect((await press(world, people.ben, line, 'Try again')).text).toContain('already active');
    await world.slack.until(
      () => !JSON.stringify(messageNow(world, people.ben, line).blocks).includes('Try the one'),
    );
    await expectNoLiveButtons(world);
  });

  it('is nobody’s own: neither who asked nor who is let in tries it alone', async () => {
    const world = await start();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co ada@ex.co a_b@ex.co');
    failSecond(world);
    await approve(world, people.ben, card);
    const part = await saying(world, card, 'Done for 2 of 3');
    const refused = await press(world, people.ada, part, 'Try again');
    expect(refused.text).toContain('This is your own account');
    expect(world.isActive('ada@ex.co')).toBe(false);
    expect((await press(world, people.ben, part, 'Try again')).text).toContain('ada@ex.co is now active');
    await expectNoLiveButtons(world);
  });

  it('asks who takes over a workspace of which somebody has become the last owner meanwhile', async () => {
    const world = await start();
    const { state } = world.wallaroo;
    const fraud = workspaceNamed(state, 'fraud-models');
    state.setMember(fraud.id, state.setEnabled('mia@ex.co', true).id, 'OWNER');
    await openModal(world, people.ada, '/wallaroo deactivate testuser@wallaroo.ai steve@ex.co');
    const stop = world.wallaroo.on('request', ({ endpoint }) => {
      if (endpoint === 'keycloak.users.put') state.setEnabled('mia@ex.co', false);
    });
    const part = await submit(world, people.ada);
    stop();
    expect(part.text).toContain('is by now the last active OWNER of fraud-models');
    const form = await press(world, people.ada, 'modal', 'Try again');
    expect(form.text).toContain('New owner of fraud-models');
    expect((await submit(world, people.ada)).text).toContain('No active OWNER is left in fraud-models');
    expect(active(world, 'steve', 'testuser@wallaroo.ai')).toEqual([false, false]);
    const line = await lineSaying(world, 'Done for 1 of 2');
    expect((await press(world, people.ben, line, 'Try again')).text).toContain('already inactive');
    await world.slack.until(
      () => !JSON.stringify(messageNow(world, people.ben, line).blocks).includes('Try the one'),
    );
    await expectNoLiveButtons(world);
  });

  it('is a request under FOUR_EYES, which another administrator approves', async () => {
    const world = await start({ settings: { FOUR_EYES: 'true' } });
    const card = await request(world, people.mia, `/wallaroo activate ${SEVERAL}`);
    failSecond(world);
    await approve(world, people.ben, card);
    const part = await saying(world, card, 'Done for 2 of 3');
    expect((await press(world, people.ben, part, 'Try again')).text).toContain('Request sent');
    const second = await newCard(world, 'asks to activate olga@ex.co');
    expect((await press(world, people.ben, second, 'Approve')).text).toContain('Nobody decides their own');
    await approve(world, people.ada, second);
    await saying(world, second, 'olga@ex.co is now active');
    expect(all(world)).toEqual([true, true, true]);
    await expectNoLiveButtons(world);
  });
});
