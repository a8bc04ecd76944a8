import { beforeAll, describe, expect, it } from 'vitest';
import { lineSaying, newCard, openModal, press, request, saying, submit } from '../flows/requests.ts';
import { GENERAL, LICENSE, people, startWorld } from '../flows/world.ts';
import { built } from '../support/built.ts';
import { readRecords } from '../support/change-records.ts';
import { settingsOf } from './own-platform.ts';
import { hasTerminals, run, type Settings, startCommand, startOnTerminal } from './run-command.ts';

beforeAll(built);

/** The id of the request that is pending. */
async function onlyRequest(settings: Settings): Promise<string> {
  const listed = JSON.parse((await run(['requests', '--json', 'id'], settings)).stdout);
  expect(listed).toHaveLength(1);
  return listed[0].id;
}

describe('beside a running bot', () => {
  it('the bot tells the approvals channel what was done and by whom, and an administrator takes it back', async () => {
    const world = await startWorld();
    const { code } = await run(['deactivate', 'steve', '--yes', '--reason', 'on leave'], settingsOf(world));
    expect(code).toBe(0);
    const line = await lineSaying(world, 'steve@ex.co is now inactive');
    expect(line.text).toMatch(
      /^cli:[\w.-]+@[\w.-]+: steve@ex\.co is now inactive\. No active OWNER is left in fraud-models\. Their sessions are ended\..* · Why: on leave.*:warning:/,
    );
    expect(line.text).not.toContain('<@cli');
    await press(world, people.ada, line, 'Undo');
    await saying(world, line, 'It has since been undone');
    expect(world.isActive('steve')).toBe(true);
    await world.slack.as(people.ada).close('all');
    await world.slack.as(people.ada).type(GENERAL, '/wallaroo audit steve');
    const trail = await world.slack.until(() =>
      world.slack
        .as(people.ada)
        .messages(GENERAL)
        .find(({ text }) => text.includes('Changes, newest first')),
    );
    expect(trail.text).toContain('cli:');
    expect(trail.text).toContain('on leave');
  });

  it('under FOUR_EYES an administrator in Slack approves what the command line asks for', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const settings = settingsOf(world);
    expect((await run(['deactivate', 'steve', '--yes'], settings)).code).toBe(6);
    const card = await newCard(world, /cli:/);
    await press(world, people.ada, card, 'Approve');
    expect((await submit(world, people.ada)).text).toContain('is now inactive');
    expect(world.isActive('steve')).toBe(false);
  });

  it('the command line approves and denies what people ask for in Slack, and they hear of it', async () => {
    const world = await startWorld();
    const settings = settingsOf(world);
    const first = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    const second = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    const listed = JSON.parse((await run(['requests', '--json', 'id,asks,requester'], settings)).stdout);
    expect(listed.map(({ asks }: { asks: string }) => asks)).toEqual([
      'deactivate testuser@wallaroo.ai',
      'activate nora@ex.co',
    ]);
    const approved = await run(['approve', listed[0].id, '--yes'], settings);
    expect(approved).toMatchObject({ code: 0 });
    expect(approved.stdout).toContain('testuser@wallaroo.ai is now inactive');
    expect((await run(['approve', listed[0].id, '--yes'], settings)).code).toBe(5);
    const denied = await run(['deny', listed[1].id, '--reason', 'not before Monday', '--yes'], settings);
    expect(denied).toMatchObject({ code: 0, stdout: expect.stringContaining('Denied: activate nora@ex.co') });
    await saying(world, first, 'approved by cli:');
    await saying(world, second, 'not before Monday');
    expect([world.isActive('testuser@wallaroo.ai'), world.isActive('nora@ex.co')]).toEqual([false, false]);
  });

  it.skipIf(!hasTerminals)(
    'approves nothing that was altered while somebody read what it asks for',
    async () => {
      const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
      const settings = settingsOf(world);
      const card = await request(world, people.mia, '/wallaroo activate nora@ex.co for 1d');
      const [{ id }] = JSON.parse((await run(['requests', '--json', 'id'], settings)).stdout);
      const asked = startOnTerminal(['approve', id], settings, { columns: 200 });
      await asked.saying('Go on? [y/N]');
      await press(world, people.ben, card, { near: 'nora@ex.co' }, 'Approve with changes…');
      await world.slack.as(people.ben).choose('For how long', 'No end');
      expect((await submit(world, people.ben)).text).toContain('Sent for approval');
      asked.write('y\n');
      const { code, stdout } = await asked.ended;
      expect(code).toBe(5);
      expect(stdout).toContain('U0BEN changed this request after it was shown to you. Nothing was approved');
      expect(world.isActive('nora@ex.co')).toBe(false);
      expect(await run(['approve', id, '--yes'], settings)).toMatchObject({ code: 0 });
      expect(world.isActive('nora@ex.co')).toBe(true);
    },
  );

  it('at a full license the command line says who could leave, and approves the exchange', async () => {
    const world = await startWorld();
    const settings = settingsOf(world);
    await request(world, people.mia, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    const [{ id }] = JSON.parse((await run(['requests', '--json', 'id'], settings)).stdout);
    const full = await run(['approve', id, '--yes'], settings);
    expect(full.code).toBe(5);
    expect(full.stderr).toMatch(
      new RegExp(`approve ${id} --exchange <who>\\s+Idle longest: testuser@wallaroo\\.ai`),
    );
    const botItself = await run(['approve', id, '--exchange', 'chatops@ex.co', '--yes'], settings);
    expect(botItself).toMatchObject({ code: 5, stderr: expect.stringContaining('lock the bot out') });
    expect((await run(['approve', id, '--exchange', 'nobody@ex.co', '--yes'], settings)).code).toBe(3);
    const dry = await run(['approve', id, '--exchange', 'testuser', '--dry-run'], settings);
    expect(dry).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Deactivate testuser[\s\S]*5 → 5 of 5/),
    });
    const done = await run(['approve', id, '--exchange', 'testuser', '--yes'], settings);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('nora@ex.co is now active') });
    expect([world.isActive('testuser@wallaroo.ai'), world.isActive('nora@ex.co')]).toEqual([false, true]);
  });

  it('under FOUR_EYES the command line chooses no exchange that nobody could approve', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const settings = settingsOf(world);
    await request(world, people.ada, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    const id = await onlyRequest(settings);
    const exchange = ['approve', id, '--exchange', 'testuser'];
    // Ada asked for it, and Ben is no administrator any more.
    const alone = { ...settings, ADMINS: people.ada };
    for (const how of ['--yes', '--dry-run']) {
      const { code, stderr } = await run([...exchange, how], alone);
      expect(code).toBe(5);
      expect(stderr).toContain('Nothing was changed: nobody could approve what you changed.');
    }
    expect((await readRecords(world.databaseUrl)).changes).toMatchObject([{ amendedBy: null, revision: 0 }]);
    const { code } = await run([...exchange, '--yes'], {
      ...settings,
      ADMINS: `${people.ada},${people.ben}`,
    });
    expect(code).toBe(6);
    expect((await readRecords(world.databaseUrl)).changes).toMatchObject([{ state: 'pending', revision: 1 }]);
  });

  it('approves no extension whose end is no later by now, and says so before anything is decided', async () => {
    const world = await startWorld();
    const settings = settingsOf(world);
    expect((await run(['activate', 'nora', '--for', '7d', '--yes'], settings)).code).toBe(0);
    const extend = async (who: string, longer: string) => {
      const person = world.slack.as(who);
      await person.type(GENERAL, '/wallaroo user nora');
      const card = await world.slack.until(() =>
        person.messages(GENERAL).find(({ buttons }) => buttons.includes('Extend')),
      );
      await press(world, who, card, 'Extend');
      await person.choose('How much longer', longer);
      const { text } = await submit(world, who);
      await person.close('all');
      return text;
    };
    expect(await extend(people.mia, '1 day')).toContain('Request sent');
    const id = await onlyRequest(settings);
    expect(await extend(people.ada, '30 days')).toContain('stays active until');
    for (const how of ['--yes', '--dry-run'])
      expect(await run(['approve', id, how], settings)).toMatchObject({
        code: 5,
        stdout: '',
        stderr: expect.stringContaining('already lasts that long: there is nothing to extend'),
      });
    expect(await onlyRequest(settings)).toBe(id);
    expect((await run(['deny', id, '--reason', 'it lasts longer already', '--yes'], settings)).code).toBe(0);
  });

  it('of several that it approves one may fail: the others are done, and the exit code is not 0', async () => {
    const world = await startWorld({ settings: { LICENSE_SEATS: '9' } });
    const settings = settingsOf(world);
    await request(world, people.mia, '/wallaroo activate nora@ex.co olga@ex.co a_b@ex.co');
    const [{ id }] = JSON.parse((await run(['requests', '--json', 'id'], settings)).stdout);
    world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
    const { code, stdout } = await run(['approve', id, '--yes'], settings);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Done for 2 of 3\.[\s\S]*olga@ex\.co: not done/);
    expect([world.isActive('nora@ex.co'), world.isActive('olga@ex.co')]).toEqual([true, false]);
  });

  it('the bot brings warning and digest up to date right after what the command line did', async () => {
    const world = await startWorld({ settings: { WATCH_INTERVAL: '24h' } });
    const ada = world.slack.as(people.ada);
    await ada.type(GENERAL, '/wallaroo digest');
    const digest = (words: string) =>
      world.slack.until(() =>
        ada.messages(LICENSE).find(({ text }) => text.includes('What changed') && text.includes(words)),
      );
    await digest('4 of 5 seats');
    expect((await run(['activate', 'nora', '--yes'], settingsOf(world))).code).toBe(0);
    await digest('5 of 5 seats');
    await world.slack.until(() => ada.messages(LICENSE).find(({ text }) => text.includes('License full')));
  });

  it('the command line tells what the digest would say since the last one, and posts none', async () => {
    const world = await startWorld();
    const settings = settingsOf(world);
    expect((await run(['deactivate', 'steve', '--yes', '--reason', 'on leave'], settings)).code).toBe(0);
    await request(world, people.mia, '/wallaroo activate nora@ex.co');
    const digest = async () => (await run(['digest'], settings)).stdout;
    expect(await digest()).toMatch(/What changed\n• .*steve@ex\.co active → inactive by cli:.*Why: on leave/);
    expect(await digest()).toMatch(/Pending requests\n• mia@ex\.co asks to activate nora@ex\.co · 20/);
    const { requests } = JSON.parse((await run(['digest', '--json', 'requests'], settings)).stdout);
    expect(requests).toMatchObject([{ requester: 'mia@ex.co', requesterId: people.mia }]);
    const ada = world.slack.as(people.ada);
    const posted = () =>
      ada.messages(LICENSE).filter(({ text }) => text.includes('Who holds a seat, idle longest first'));
    expect(posted()).toEqual([]);
    await ada.type(GENERAL, '/wallaroo digest');
    await world.slack.until(() => ada.messages(GENERAL).some(({ text }) => text.includes('is posted in')));
    expect(posted()).toHaveLength(1);
    expect(await digest()).toContain('What changed\nNothing since the last digest.');
    expect(await digest()).toContain('asks to activate nora@ex.co');
  });

  it('Ctrl-C leaves a change in order: the bot goes on with what is recorded, and the message says so', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.user('steve');
    let isHeld = true;
    const held = new Promise<void>((resolve) => {
      world.wallaroo.on('request', ({ method, path }) => {
        if (!isHeld || method !== 'PUT' || !path.includes(id)) return undefined;
        isHeld = false;
        resolve();
        // The answer never comes.
        return new Promise<void>(() => undefined);
      });
    });
    const command = startCommand(['deactivate', 'steve', '--yes'], settingsOf(world));
    await held;
    command.signal('SIGINT');
    const { code, stdout } = await command.ended;
    expect({ code, stdout }).toEqual({
      code: 130,
      stdout: expect.stringMatching(
        /^Interrupted: deactivate steve@ex\.co\. It is recorded, and a running bot goes on/,
      ),
    });
    world.advance(10_000);
    await world.slack.until(() => !world.isActive('steve'), 30_000);
    await lineSaying(world, /^cli:.*steve@ex\.co is now inactive/);
  });

  it('no confirmation that is open in Slack is harmed by what the command line did meanwhile', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    expect((await run(['activate', 'mia@ex.co', '--yes'], settingsOf(world))).code).toBe(0);
    expect((await submit(world, people.ada)).text).toMatch(/license is full/i);
    expect(world.wallaroo.seats()).toEqual({ taken: 5, limit: 5 });
  });
});
