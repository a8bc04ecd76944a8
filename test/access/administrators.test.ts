import { expect, test } from 'vitest';
import { defaultSlackSeed } from '../../sandbox/slack/seed.ts';
import { askModal } from '../flows/acting.ts';
import { dmSaying, openModal, submit } from '../flows/requests.ts';
import { people, startWorld } from '../flows/world.ts';

/** Two hundred administrators, of whom Ada and Ben come last. */
const many = Array.from({ length: 200 }, (_, at) => ({
  id: `U1${String(at).padStart(4, '0')}`,
  handle: `admin${at}`,
  realName: `Admin ${at}`,
}));
const bigGroup = {
  ...defaultSlackSeed,
  people: [...defaultSlackSeed.people, ...many],
  userGroups: [
    {
      id: 'S0ADMINS',
      handle: 'admins',
      name: 'Admins',
      members: [...many.map(({ id }) => id), 'U0ADA', 'U0BEN'],
    },
  ],
};

const asked = ({ slack }: Awaited<ReturnType<typeof startWorld>>) => slack.traffic.calls('users.info').length;

test('a request asks after one approver of a big group, not after all', async () => {
  const world = await startWorld({ slack: { seed: bigGroup } });
  expect((await askModal(world, people.mia, '/wallaroo deactivate testuser')).submit).toBe('Send request');
  // Who asks, and the first who could decide.
  expect(asked(world)).toBe(2);
});

test('a group that Slack limits the asking after keeps nobody from asking', async () => {
  const world = await startWorld();
  const { faults } = world.slack;
  for (const fault of [{ retryAfterSeconds: 60 }, { status: 503 }, { error: 'internal_error' }] as const) {
    world.advance(61_000);
    faults.plan('usergroups.users.list', fault, 12);
    const modal = await askModal(world, people.mia, '/wallaroo deactivate testuser');
    expect(modal.submit, JSON.stringify(fault)).toBe('Send request');
    faults.clear();
  }
});

test('a short limit is waited out before anybody is refused', async () => {
  const world = await startWorld();
  world.slack.faults.plan('users.info', { retryAfterSeconds: 3 });
  expect((await askModal(world, people.ada, '/wallaroo deactivate testuser')).submit).toBe('Deactivate');
});

test('all administrators hear of a request whose channel is shut, though Slack stops answering half way', async () => {
  const world = await startWorld({ settings: { APPROVALS_CHANNEL: 'C0NOWHERE' } });
  await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
  world.advance(61_000);
  await world.slack.as(people.mia).fill('Reason', 'joins us');
  world.slack.faults.plan('users.info', { delayMs: 1 }, 1);
  world.slack.faults.plan('users.info', { retryAfterSeconds: 600 }, 50);
  await submit(world, people.mia);
  await dmSaying(world, people.ada, 'Pending');
  await dmSaying(world, people.ben, 'Pending');
});
