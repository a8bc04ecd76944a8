import { beforeAll, describe, expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { settingsOf } from '../cli/own-platform.ts';
import { run } from '../cli/run-command.ts';
import { filledModal, LICENSE, people, startWorld, type World } from '../flows/world.ts';
import { ownedIn } from '../model/model-platform.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { built } from '../support/built.ts';
import { postgresDatabases } from '../support/databases.ts';
import { workspaceNamed } from '../support/workspaces.ts';

/** More with `OWNER_ROUNDS=200`. */
const ROUNDS = Number(process.env.OWNER_ROUNDS ?? 12);
const OWNERS = ['steve', 'mia@ex.co'] as const;
const STAYS = 'is by now the last active OWNER of pair';

const open = postgresDatabases();

beforeAll(built);

describe.skipIf(open === undefined)(
  'two processes and a command line after the last two owners of a workspace',
  () => {
    test(`one of them stays its owner, in ${ROUNDS} of ${ROUNDS} rounds`, async () => {
      const database = await open?.();
      const pair = { name: 'pair', members: OWNERS.map((who) => [who, 'OWNER'] as const) };
      const enabled = ['chatops@ex.co', 'admin', 'testuser@wallaroo.ai', ...OWNERS];
      const world = await startWorld({
        settings: { DATABASE_URL: database?.url ?? '' },
        wallaroo: { seed: communitySeed({ enabled, workspaces: [pair] }) },
      });
      const other = startBotProcess(world.settings);
      await world.slack.until(() => world.slack.connections === 2, 30_000);
      const { state } = world.wallaroo;
      const { id } = workspaceNamed(state, 'pair');
      let isLost = false;
      world.wallaroo.on('change', () => {
        isLost ||= !ownedIn(state).has(id);
      });
      const won = { slack: 0, commandLine: 0 };
      for (let round = 0; round < ROUNDS; round += 1) {
        if (round % 2 === 0) await inSlack(world);
        else won[await withCommandLine(world)] += 1;
        expect(isLost, `round ${round}`).toBe(false);
        for (const who of OWNERS) state.setMember(id, state.setEnabled(who, true).id, 'OWNER');
      }
      expect(won.slack + won.commandLine).toBe(Math.floor(ROUNDS / 2));
      // Before their database goes.
      await Promise.all([other.kill(), world.bot.stop()]);
    }, 600_000);
  },
);

/** Two administrators deactivate one owner each: one is told that theirs stays. */
async function inSlack(world: World): Promise<void> {
  const racers = [
    [people.ada, 'steve@ex.co'],
    [people.ben, 'mia@ex.co'],
  ] as const;
  for (const [person, who] of racers) await openForm(world, person, who);
  await Promise.all(racers.map(([person]) => world.slack.as(person).submit()));
  const texts = await Promise.all(racers.map(([person]) => told(world, person)));
  expect(
    texts.filter((text) => text.includes('is now inactive')),
    texts.join('\n'),
  ).toHaveLength(1);
  expect(
    texts.filter((text) => text.includes(STAYS)),
    texts.join('\n'),
  ).toHaveLength(1);
}

/** One owner is deactivated in Slack, the other taken out of the workspace on a command line. */
async function withCommandLine(world: World): Promise<'slack' | 'commandLine'> {
  await openForm(world, people.ada, 'steve@ex.co');
  const command = run(['workspace', 'remove', 'pair', 'mia', '--yes'], settingsOf(world));
  const isNear = new Promise<void>((resolve) => {
    const stop = world.wallaroo.on('request', () => {
      stop();
      resolve();
    });
  });
  await Promise.race([isNear, command]);
  await world.slack.as(people.ada).submit();
  const [{ code, stdout, stderr }, text] = await Promise.all([command, told(world, people.ada)]);
  const hasLeft = text.includes('is now inactive');
  expect(hasLeft || text.includes(STAYS), text).toBe(true);
  expect(code, stdout + stderr).toBe(hasLeft ? 5 : 0);
  return hasLeft ? 'slack' : 'commandLine';
}

async function openForm(world: World, person: string, who: string): Promise<void> {
  await world.slack.as(person).type(LICENSE, `/wallaroo deactivate ${who}`);
  await filledModal(world, person);
}

async function told(world: World, person: string): Promise<string> {
  const text = world.slack.textOf(await filledModal(world, person));
  await world.slack.as(person).close('all');
  return text;
}
