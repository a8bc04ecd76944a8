import { expect, test } from 'vitest';
import { communitySeed } from '../../../sandbox/wallaroo/seeds/community-seed.ts';
import { enterpriseSeed } from '../../../sandbox/wallaroo/seeds/enterprise-seed.ts';

const active = (seed: ReturnType<typeof communitySeed>) =>
  seed.users.filter((user) => user.enabled && !user.serviceAccount).map((user) => user.username);

test('the community starts with four active users', () => {
  expect(active(communitySeed()).sort()).toEqual(['admin', 'chatops@ex.co', 'steve', 'testuser@wallaroo.ai']);
});

test('a test chooses who is active, by username or email', () => {
  const seed = communitySeed({ enabled: ['chatops@ex.co', 'steve@ex.co'] });
  expect(active(seed)).toEqual(['chatops@ex.co', 'steve']);
  expect(() => communitySeed({ enabled: ['nobody'] })).toThrow('nobody');
});

test('the people whose accounts have a catch are there', () => {
  const { users } = communitySeed();
  const emails = users.map((user) => user.email);
  for (const email of ['steve@ex.co', 'asteve@ex.co', 'a_b@ex.co', 'axb@ex.co', 'ada@ex.co', 'mia@ex.co'])
    expect(emails).toContain(email);
  expect(users.filter((user) => user.realmRoles.includes('admin'))).toHaveLength(3);
  expect(users.find((user) => user.username === 'admin')?.email).toBeUndefined();
});

test('the enterprise has 10,000 different users, the same in every run', () => {
  const now = new Date('2026-03-02T09:00:00Z');
  const { users, seats } = enterpriseSeed({ now });
  expect(seats).toBeNull();
  expect(users.filter((user) => !user.serviceAccount)).toHaveLength(10_000);
  expect(new Set(users.map((user) => user.id)).size).toBe(users.length);
  expect(enterpriseSeed({ now }).users).toEqual(users);
});

test('many workspaces have every catch that owners may have', () => {
  const { users, workspaces } = communitySeed({ workspaces: 'many' });
  const isActive = new Map(users.map(({ id, enabled }) => [id, enabled]));
  const activeOwners = workspaces.map(
    ({ members }) => members.filter((one) => one.userType === 'OWNER' && isActive.get(one.userId)).length,
  );
  const inactiveBeside = workspaces.some(
    ({ members }) =>
      members.some((one) => one.userType === 'OWNER' && isActive.get(one.userId)) &&
      members.some((one) => one.userType === 'OWNER' && isActive.get(one.userId) === false),
  );
  const names = workspaces.filter(({ archived }) => !archived).map(({ name }) => name);
  expect([0, 1, 2].every((count) => activeOwners.includes(count))).toBe(true);
  expect(inactiveBeside).toBe(true);
  expect(new Set(names).size).toBe(names.length - 1);
  expect(workspaces.some(({ archived }) => archived)).toBe(true);
  expect(names.some((name) => name.endsWith('Default Workspace'))).toBe(true);
  expect(workspaces.some(({ members }) => members.some(({ userId }) => !isActive.has(userId)))).toBe(true);
  expect(communitySeed().workspaces.length).toBeLessThan(workspaces.length);
});
