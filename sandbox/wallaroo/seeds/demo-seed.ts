import type { WallarooSeed } from '../state.ts';
import { botAccount, type SeedPerson, serviceAccount, userOf } from './people.ts';
import { type Sketch, seedWorkspaces } from './seed-workspaces.ts';

/** How many of them are active: all seats but one. */
const active = 4;

const colleague = (
  firstName: string,
  lastName: string,
  createdDaysAgo: number,
  more: Partial<SeedPerson> = {},
): SeedPerson => {
  const email = `${firstName.normalize('NFD').replace(/[^a-z]/gi, '')}@ex.co`.toLowerCase();
  return { username: email, email, firstName, lastName, createdDaysAgo, ...more };
};

/** In the order in which they take seats. */
const people: readonly SeedPerson[] = [
  {
    username: botAccount.username,
    email: botAccount.username,
    password: botAccount.password,
    firstName: 'Wallaroo',
    lastName: 'Bot',
    realmRoles: ['admin'],
    createdDaysAgo: 300,
    seenDaysAgo: 0,
  },
  { username: 'admin', emailVerified: false, realmRoles: ['admin'], createdDaysAgo: 420, seenDaysAgo: 12 },
  // Username and email differ, as in accounts that were made by hand: uploads may fail (contract §7.4).
  colleague('Steve', 'Novak', 400, { username: 'steve', attributes: { team: ['fraud'] }, seenDaysAgo: 1 }),
  colleague('Tom', 'Fischer', 380, { seenDaysAgo: 74 }),
  colleague('Mia', 'Berg', 90, { seenDaysAgo: 40 }),
  colleague('Ada', 'Quist', 350, { realmRoles: ['admin'], seenDaysAgo: 20 }),
  colleague('Olga', 'Reyes', 310, { seenDaysAgo: 25 }),
  colleague('Ivan', 'Petrov', 600, { seenDaysAgo: 410 }),
  colleague('Nora', 'Lind', 45),
  colleague('Felix', 'Brandt', 60, { requiredActions: ['UPDATE_PASSWORD'] }),
  colleague('Chloé', 'Laurent', 200, { seenDaysAgo: 33 }),
  colleague('Jörg', 'Weiss', 120, { seenDaysAgo: 35 }),
  colleague('Hana', 'Sato', 110, { seenDaysAgo: 50 }),
  colleague('Dana', 'Moreau', 150, { seenDaysAgo: 51 }),
  { username: 'nightly-training', emailVerified: false, createdDaysAgo: 150, seenDaysAgo: 60 },
];

const workspaces: readonly Sketch[] = [
  {
    name: 'fraud-models',
    models: [1, 2],
    pipelines: [1],
    members: [
      ['steve', 'OWNER'],
      ['tom@ex.co', 'COLLABORATOR'],
    ],
  },
  {
    name: 'churn-forecast',
    models: [3],
    pipelines: [2],
    members: [
      ['olga@ex.co', 'OWNER'],
      ['steve', 'COLLABORATOR'],
      ['mia@ex.co', 'COLLABORATOR'],
    ],
  },
  {
    name: 'demand-planning',
    members: [
      ['ada@ex.co', 'OWNER'],
      ['tom@ex.co', 'OWNER'],
      ['chloe@ex.co', 'COLLABORATOR'],
    ],
  },
  {
    name: 'old-experiments',
    archived: true,
    members: [
      ['steve', 'OWNER'],
      ['ivan@ex.co', 'COLLABORATOR'],
    ],
  },
];

/** The Wallaroo of the demo: Ex Co, with people whom one believes, of whom the first four hold 4 of 5 seats. */
export function demoSeed(now: Date): WallarooSeed {
  const users = people.map((person, index) => ({ ...userOf(person, now), enabled: index < active }));
  return {
    edition: 'community',
    seats: 5,
    users: [...users, serviceAccount(now)],
    workspaces: seedWorkspaces(users, now, workspaces),
    account: botAccount,
  };
}
