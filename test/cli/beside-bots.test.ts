import { beforeAll, describe, expect, it } from 'vitest';
import { cardsIn, lineSaying, openModal, press, request, saying, submit } from '../flows/requests.ts';
import { APPROVALS, GENERAL, people, startWorld, type World } from '../flows/world.ts';
import { built, run, startCommand } from './run-command.ts';

beforeAll(built);

/** What a command line is given: nothing of Slack. */
const settingsOf = ({ settings }: World, more: Readonly<Record<string, string>> = {}) => ({
  ...Object.fromEntries(
    Object.entries(settings).filter(([name]) => /^(WALLAROO|DATABASE|LICENSE_S|FOUR)/.test(name)),
  ),
  ...more,
});

describe('beside a running bot', () => {
  it('the bot tells the approvals channel what was done and by whom, and an administrator takes it back', async () => {
    const world = await startWorld();
    const { code } = await run(['deactivate', 'steve', '--yes', '--reason', 'on leave'], settingsOf(world));
    expect(code).toBe(0);
    const line = await lineSaying(world, 'steve@ex.co is now inactive');
    expect(line.text).toMatch(/^cli:[\w.-]+@[\w.-]+: steve@ex\.co is now inactive\. · Why: on leave/);
    expect(line.text).not.toContain('<@cli');
    await press(world, people.ada, line, 'Undo');
    await saying(world, line, 'It was undone since');
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
    const card = await world.slack.until(() =>
      cardsIn(world, APPROVALS).find(({ text, buttons }) => /cli:/.test(text) && buttons.includes('Approve')),
    );
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
