import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { newCard, press, saying } from '../flows/requests.ts';
import { people, startWorld } from '../flows/world.ts';
import { readRecords } from '../support/change-records.ts';
import { ownPlatform, settingsOf } from './own-platform.ts';
import { run } from './run-command.ts';

const own = ownPlatform({ seed: communitySeed({ seats: 8 }) });
const settings = () => ({ ...own.settings, LICENSE_SEATS: '8' });
const json = async (...argv: readonly string[]) => JSON.parse((await run(argv, settings())).stdout);

const isActive = (who: string): boolean => own.wallaroo.state.user(who).enabled;
const lines = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('several at once on the command line', () => {
  it('are one change, of which each user is told in a line and as JSON', async () => {
    const done = await run(['activate', '-', 'mia@ex.co', '--yes'], settings(), 'nora\nsteve\nolga\n');
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(lines(done.stdout)).toEqual([
      'steve@ex.co is already active: nothing to do.',
      'nora@ex.co is now active.',
      'olga@ex.co is now active.',
      expect.stringMatching(/^mia@ex\.co is now active\. Seats: 4 → 7 of 8, 1 left\. Change \w{12}\.$/),
    ]);
    const argv = ['deactivate', 'nora', 'mia', '--yes', '--json', 'user,outcome,exitCode,seatsBefore,change'];
    const told = await json(...argv);
    expect(told).toEqual(
      ['nora@ex.co', 'mia@ex.co'].map((user) => ({
        user,
        outcome: 'done',
        exitCode: 0,
        seatsBefore: 7,
        change: told[0].change,
      })),
    );
    const { changes, audit } = await readRecords(own.settings.DATABASE_URL ?? '');
    expect(changes.map(({ kind }) => kind)).toEqual(['several', 'several']);
    expect(audit.filter(({ event }) => event === 'applied')).toHaveLength(2);
  });

  it('1: a part failed, which is named with why; the others are done', async () => {
    own.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
    const part = await run(['activate', 'nora', 'olga', 'mia', '--yes'], settings());
    expect(part.code).toBe(1);
    expect(lines(part.stdout)).toEqual([
      expect.stringMatching(/^Done for 2 of 3\. Change \w{12}\.$/),
      'nora@ex.co is now active.',
      expect.stringMatching(/^olga@ex\.co: not done\. \S/),
      'mia@ex.co is now active.',
    ]);
    own.wallaroo.faults.set('keycloak.users.put', { status: 400, times: 1 });
    expect(await json('deactivate', 'nora', 'mia', '--yes', '--json', 'user,outcome,exitCode')).toEqual([
      { user: 'nora@ex.co', outcome: 'failed', exitCode: 1 },
      { user: 'mia@ex.co', outcome: 'done', exitCode: 0 },
    ]);
    own.wallaroo.faults.set('keycloak.users.put', { status: 400 });
    const none = await run(['deactivate', 'nora', 'olga', '--yes'], settings());
    // Olga could not be let in: she is inactive already.
    expect(none).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^olga@ex\.co is already inactive/),
    });
    const failed = await run(['deactivate', 'nora', 'steve', '--yes'], settings());
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^Failed: deactivate nora@ex\.co and steve@ex\.co\./);
    expect([isActive('nora@ex.co'), isActive('steve')]).toEqual([true, true]);
  });

  it('5: nothing is done where not all of them can be, or more than fifty are named', async () => {
    const guarded = await run(['deactivate', 'steve', 'admin', 'chatops@ex.co', '--yes'], settings());
    expect(guarded).toMatchObject({ code: 5, stdout: '' });
    expect(guarded.stderr).toMatch(/built-in administrator[\s\S]*lock the bot out/);
    const short = await run(['activate', 'nora', 'mia', 'olga', 'ivan', 'robot', '--yes'], settings());
    expect(short).toMatchObject({ code: 5, stdout: '' });
    expect(short.stderr).toContain('This takes 5 seats, and 4 are free: name 4 at most.');
    expect([isActive('steve'), isActive('nora@ex.co')]).toEqual([true, false]);
  });

  it('5: more than fifty are too many', async () => {
    const crowd = ownCrowd();
    const many = await run(['deactivate', '-', '--yes'], settings(), crowd.join('\n'));
    expect(many).toMatchObject({ code: 5, stdout: '' });
    expect(many.stderr).toContain('I change at most 50 at once');
  });

  it('6: is one request under FOUR_EYES, with one card', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true', LICENSE_SEATS: '9' } });
    const beside = settingsOf(world);
    const asked = await run(['activate', 'nora', 'mia', '--yes', '--json', 'user,outcome,change'], beside);
    expect(asked.code).toBe(6);
    const [first, second] = JSON.parse(asked.stdout);
    expect(first).toEqual({ user: 'nora@ex.co', outcome: 'waits', change: second.change });
    expect(JSON.parse((await run(['requests', '--json', 'id,asks'], beside)).stdout)).toEqual([
      { id: first.change, asks: 'activate nora@ex.co and mia@ex.co' },
    ]);
    const card = await newCard(world, /cli:/);
    await press(world, people.ada, card, 'Approve');
    await saying(world, card, 'mia@ex.co is now active');
    expect([world.isActive('nora@ex.co'), world.isActive('mia@ex.co')]).toEqual([true, true]);
  });
});

/** Fifty-one users who are active. */
function ownCrowd(): readonly string[] {
  return Array.from({ length: 51 }, (_, at) => {
    const name = `crowd${at}@ex.co`;
    own.wallaroo.state.addUser({ username: name, email: name, enabled: true });
    return name;
  });
}
