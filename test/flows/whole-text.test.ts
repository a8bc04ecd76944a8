import { expect, it } from 'vitest';
import { press, request, saying, submit } from './requests.ts';
import { people, startWorld } from './world.ts';

// That every text says what its blocks say is looked at after each flow, see `world.ts`.

it('rewrites a card of which the text would be longer than Slack takes', async () => {
  const world = await startWorld();
  const reason = 'R&D, M&A, '.repeat(150);
  const card = await request(world, people.mia, '/wallaroo activate ada@ex.co', reason);
  await press(world, people.ben, card, 'Deny');
  await submit(world, people.ben, `${reason.slice(0, 500)}${'&'.repeat(500)}`);
  const denied = await saying(world, card, 'Denied by @Ben Boss');
  expect(denied.buttons).toEqual([]);
  const refused = world.slack.traffic.calls('chat.update').filter(({ answer }) => answer.ok !== true);
  expect(refused).toEqual([]);
});
