import { seededRandom } from '../random.ts';
import type { WallarooSeed } from '../state.ts';
import { makeUser, type WallarooUser } from '../user.ts';
import { botAccount, seedPeople, serviceAccount } from './people.ts';
import { seedWorkspaces } from './seed-workspaces.ts';
import { stableUuid } from './stable-uuid.ts';

const firstNames = [
  'Ana',
  'Ben',
  'Chloé',
  'Daoud',
  'Eva',
  'Finn',
  'Grace',
  'Hugo',
  'Ines',
  'Jörg',
  'Kei',
  'Lwazi',
];
const lastNames = [
  'Adler',
  'Brandt',
  'Costa',
  'Diaz',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haas',
  'Ito',
  'Jansen',
];
const day = 24 * 60 * 60 * 1000;

function generatedUser(number: number, random: () => number, now: Date): WallarooUser {
  const pick = (names: readonly string[]): string => names[Math.floor(random() * names.length)] ?? '';
  const [firstName, lastName] = [pick(firstNames), pick(lastNames)];
  const plain = `${firstName}.${lastName}`
    .normalize('NFD')
    .replace(/[^a-z.]/gi, '')
    .toLowerCase();
  const email = `${plain}.${number}@big.example`;
  const createdDaysAgo = 30 + Math.floor(random() * 1000);
  const seen = random() < 0.9;
  return makeUser({
    id: stableUuid(email),
    username: email,
    email,
    firstName,
    lastName,
    enabled: random() < 0.7,
    createdTimestamp: now.getTime() - createdDaysAgo * day,
    lastLogin: seen ? now.getTime() - Math.floor(random() * createdDaysAgo * day) : null,
  });
}

/** An Enterprise instance: the people of the Community one, all active, and generated ones; the same in every run. */
export function enterpriseSeed(options: { readonly users?: number; readonly now?: Date } = {}): WallarooSeed {
  const { users: count = 10_000, now = new Date() } = options;
  const people = seedPeople(now);
  const random = seededRandom(10_000);
  const more = Math.max(0, count - people.length);
  const generated = Array.from({ length: more }, (_, index) => generatedUser(index + 1, random, now));
  return {
    edition: 'enterprise',
    seats: null,
    users: [...people, ...generated, serviceAccount(now)],
    workspaces: seedWorkspaces(people, now),
    account: botAccount,
  };
}
