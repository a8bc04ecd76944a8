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
