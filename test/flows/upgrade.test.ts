import { readFileSync } from 'node:fs';
import Database from 'libsql';
import { expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/state.ts';
import { again, approve, cardsIn, expectNoLiveButtons, press, saying, untilActive } from './requests.ts';
import { APPROVALS, LICENSE, people, startWorld, type World } from './world.ts';

const DAY = 86_400_000;
const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/database/${name}`, import.meta.url), 'utf8');

interface SlackThen {
  readonly at: string;
  readonly messages: readonly SlackMessage[];
  readonly channels: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: 'im';
    readonly members: readonly string[];
  }[];
}

const then: SlackThen = JSON.parse(fixture('0.1.0-slack.json'));

/** The present version, started one minute after version 0.1.0 stopped, on what that one left. */
const upgraded = (): Promise<World> =>
  startWorld({
    startsAt: new Date(Date.parse(then.at) + 60_000),
    before: ({ slack, wallaroo, databasePath }) => {
      const database = new Database(databasePath);
      database.exec(fixture('0.1.0.sql'));
      database.close();
      const { state } = slack.workspace;
      state.messages.push(...structuredClone(then.messages));
      for (const channel of then.channels)
        state.channels.set(channel.id, {
          ...channel,
          members: new Set(channel.members),
          sharedWith: [],
          isArchived: false,
        });
      wallaroo.state.setEnabled('ada@ex.co', true);
      wallaroo.state.setEnabled('testuser@wallaroo.ai', false);
    },
  });

it('goes on with a request that was pending before the upgrade, on the card that stands', async () => {
  const world = await upgraded();
  const before = cardsIn(world, APPROVALS);
  const card = before.find(({ buttons }) => buttons.includes('Approve'));
  if (card === undefined) throw new Error('no pending card');
  await approve(world, people.ben, card);
  await saying(world, card, 'Done, approved by @Ben Boss');
  expect(world.isActive('steve@ex.co')).toBe(false);
  expect(cardsIn(world, APPROVALS).map(({ ts }) => ts)).toEqual(before.map(({ ts }) => ts));
  await expectNoLiveButtons(world);
});

it('ends a timed activation that began before the upgrade', async () => {
  const world = await upgraded();
  await world.bot.settled();
  expect(world.isActive('ada@ex.co')).toBe(true);
  world.advance(7 * DAY);
  await untilActive(world, 'ada@ex.co', false);
  await expectNoLiveButtons(world);
});

it('undoes what was done before the upgrade, within its ten minutes', async () => {
  const world = await upgraded();
  const card = cardsIn(world, 'D0ADA').find(({ buttons }) => buttons.includes('Undo'));
  if (card === undefined) throw new Error('no card with Undo');
  await press(world, people.ada, card, 'Undo');
  await untilActive(world, 'testuser@wallaroo.ai', true);
  await saying(world, card, 'undone');
  await expectNoLiveButtons(world);
});

it('draws the digest again that was out of date, and the warning as seats change, each where it stands', async () => {
  const world = await upgraded();
  const stood = cardsIn(world, LICENSE);
  await world.bot.settled();
  const [, digest] = stood;
  if (digest === undefined) throw new Error('no digest');
  await saying(world, digest, 'the rest as of 2026-11-26 06:41 UTC');
  const card = cardsIn(world, APPROVALS).find(({ buttons }) => buttons.includes('Approve'));
  if (card === undefined) throw new Error('no pending card');
  await approve(world, people.ben, card);
  await world.bot.settled();
  const [warning] = stood;
  if (warning === undefined) throw new Error('no warning');
  await saying(world, warning, '3 of 5');
  expect(cardsIn(world, LICENSE).map(({ ts }) => ts)).toEqual(stood.map(({ ts }) => ts));
  expect(again(world, digest).text).toContain('3 of 5');
});

it('publishes Home for who had it open', async () => {
  const world = await upgraded();
  await world.slack.as(people.ada).openHome();
  const home = await world.slack.until(() => world.slack.as(people.ada).home());
  expect(home.text).toContain('4 of 5');
});
