import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { askToken, passwordForm } from '../sandbox/wallaroo/support.ts';
import { readRecords } from '../support/change-records.ts';
import {
  approve,
  chooseLeaver,
  expectNoLiveButtons,
  lineSaying,
  openModal,
  press,
  request,
  saying,
  submit,
  untilActive,
} from './requests.ts';
import { FULL, people, startWorld, type World } from './world.ts';

const WHO = 'testuser@wallaroo.ai';
const COMES = 'ada@ex.co';
const DAY = 86_400_000;

/** Signs somebody in as in a browser. Resolves to whether the session still lives, asked once the account is active again. */
async function signIn({ wallaroo }: World, who = WHO): Promise<() => Promise<boolean>> {
  const { body } = await askToken(wallaroo, passwordForm(wallaroo, who));
  return async () => {
    wallaroo.state.setEnabled(who, true);
    const form = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
    return (await askToken(wallaroo, form)).status === 200;
  };
}

const WAYS: Readonly<Record<string, (world: World) => Promise<() => Promise<boolean>>>> = {
  'a direct change': async (world) => {
    const lives = await signIn(world);
    await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
    expect((await submit(world, people.ada)).text).toContain('Their sessions are ended');
    return lives;
  },
  'an approved request': async (world) => {
    const lives = await signIn(world);
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, card);
    expect((await saying(world, card, 'Done')).text).toContain('Their sessions are ended');
    return lives;
  },
  'a swap': async (world) => {
    const lives = await signIn(world);
    await openModal(world, people.ada, `/wallaroo swap ${WHO} ${COMES}`);
    await submit(world, people.ada);
    expect(world.isActive(COMES)).toBe(true);
    return lives;
  },
  'an exchange': async (world) => {
    const lives = await signIn(world);
    const modal = await openModal(world, people.ada, `/wallaroo activate ${COMES}`);
    expect(modal.text).toContain('Access tokens they already have keep working for');
    await chooseLeaver(world, people.ada, WHO);
    await submit(world, people.ada);
    return lives;
  },
  'the end of a timed activation': async (world) => {
    world.wallaroo.state.setEnabled(WHO, false);
    await openModal(world, people.ada, `/wallaroo activate ${WHO} for 7 days`);
    await submit(world, people.ada);
    world.advance(7 * DAY - 60_000);
    const lives = await signIn(world);
    const over = untilActive(world, WHO, false);
    world.advance(60_000);
    await over;
    await world.bot.settled();
    return lives;
  },
  'the undo of an activation': async (world) => {
    world.wallaroo.state.setEnabled(WHO, false);
    await openModal(world, people.ada, `/wallaroo activate ${WHO}`);
    await submit(world, people.ada);
    const lives = await signIn(world);
    // Nobody else owns one of their workspaces, so a form asks.
    await press(world, people.ada, 'modal', 'Undo');
    await submit(world, people.ada);
    return lives;
  },
  'the undo of an invitation': async (world) => {
    world.wallaroo.state.setEnabled(WHO, false);
    await openModal(world, people.ada, '/wallaroo invite newcomer@ex.co');
    await submit(world, people.ada);
    world.wallaroo.state.updateUser('newcomer@ex.co', { requiredActions: [] });
    const lives = await signIn(world, 'newcomer@ex.co');
    await press(world, people.ada, 'modal', 'Undo');
    return lives;
  },
};

describe('the sessions of somebody who is deactivated', () => {
  it.each(Object.entries(WAYS))('end by %s', async (_, act) => {
    const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
    const lives = await act(world);
    expect(await lives()).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('are left by END_SESSIONS=false, which the confirmation says', async () => {
    const world = await startWorld({ settings: { END_SESSIONS: 'false' } });
    const lives = await signIn(world);
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
    expect(modal.text).toContain('ends new sign-ins and the renewal of present ones');
    expect((await submit(world, people.ada)).text).not.toContain('sessions');
    expect(await lives()).toBe(true);
  });

  it('stay with who is put back, as the swap failed', async () => {
    const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
    const lives = await signIn(world);
    await openModal(world, people.ada, `/wallaroo swap ${WHO} ${COMES}`);
    const refusal = { status: 403, body: { error: 'unknown_error' } };
    world.wallaroo.faults.set('keycloak.users.put', { ...refusal, skip: 1, times: 1 });
    expect((await submit(world, people.ada)).text).toContain('was put back');
    expect(await lives()).toBe(true);
  });

  it('stay where somebody else had deactivated them', async () => {
    const world = await startWorld();
    const lives = await signIn(world);
    await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
    world.wallaroo.state.setEnabled(WHO, false);
    expect((await submit(world, people.ada)).text).toContain('was inactive already');
    expect(await lives()).toBe(true);
  });

  it.each([
    ['refuses', { status: 403 }, 'lacks the permission'],
    ['fails', { status: 500 }, 'Wallaroo itself failed while it worked on this.'],
    ['is cut off', { cut: true }, 'Wallaroo cannot be reached at the moment.'],
  ])('are told of, and nothing is undone, where Keycloak %s', async (_, fault, words) => {
    const world = await startWorld();
    await signIn(world);
    world.wallaroo.faults.set('keycloak.users.logout', fault);
    await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
    const result = await submit(world, people.ada);
    expect(result.text).toMatch(/is now inactive/);
    expect(result.text).toContain('Their sessions could not be ended');
    expect(result.text).toContain(words);
    expect(world.isActive(WHO)).toBe(false);
    await lineSaying(world, 'Their sessions could not be ended');
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)?.outcome).toMatch(
      /^Deactivated\. (?:No active OWNER .+ )?Their sessions could not be ended: /,
    );
  });

  it('end although one answer is lost or one try fails', async () => {
    for (const fault of [
      { cutAfterApply: true, times: 1 },
      { status: 500, times: 1 },
    ]) {
      const world = await startWorld();
      const lives = await signIn(world);
      world.wallaroo.faults.set('keycloak.users.logout', fault);
      await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
      expect((await submit(world, people.ada)).text).toContain('Their sessions are ended');
      expect(await lives()).toBe(false);
    }
  });
});

describe('access tokens', () => {
  it('are told to live as long as the realm says, before and after', async () => {
    const world = await startWorld({
      wallaroo: { switches: { sdkAccessSeconds: 60, apiAccessSeconds: 1800 } },
    });
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
    expect(modal.text).toContain('Deactivating ends their sessions and new sign-ins.');
    expect(modal.text).toContain('Access tokens they already have keep working for 30 minutes at most.');
    const result = await submit(world, people.ada);
    expect(result.text).toMatch(/Access tokens they already have keep working until .+ at the latest/);
  });

  it('are told without a time where Keycloak does not tell it', async () => {
    const world = await startWorld();
    world.wallaroo.faults.set('keycloak.clients', { status: 403 });
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
    expect(modal.text).toContain('keep working until they expire (an hour by default)');
    expect((await submit(world, people.ada)).text).toContain('already have keep working until they expire');
  });
});
