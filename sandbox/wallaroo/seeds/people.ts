import { makeUser, type WallarooUser } from '../user.ts';
import { stableUuid } from './stable-uuid.ts';

const day = 24 * 60 * 60 * 1000;

/** A person of the seeds, times in days before the seed's now. */
export interface SeedPerson
  extends Partial<Omit<WallarooUser, 'createdTimestamp' | 'lastLogin' | 'username'>> {
  readonly username: string;
  readonly createdDaysAgo: number;
  /** Missing: never signed in. */
  readonly seenDaysAgo?: number;
}

export const botAccount = { username: 'chatops@ex.co', password: 'sandbox-password-of-chatops' };

/** The people of the platform's guide and those whose accounts have a catch; in the order in which they take seats. */
const people: readonly SeedPerson[] = [
  {
    username: botAccount.username,
    email: 'chatops@ex.co',
    password: botAccount.password,
    realmRoles: ['admin'],
    createdDaysAgo: 300,
    seenDaysAgo: 0,
  },
  // The built-in account: no email, and nobody verified one (contract §2.2).
  { username: 'admin', emailVerified: false, realmRoles: ['admin'], createdDaysAgo: 420, seenDaysAgo: 12 },
  // Username and email differ: the sign of a faulty account (contract §7.4).
  {
    id: '45e6b641-fe57-4fb2-83d2-2c2bd201efe8',
    username: 'steve',
    email: 'steve@ex.co',
    firstName: 'Steve',
    lastName: 'Novak',
    attributes: { team: ['fraud'] },
    createdDaysAgo: 400,
    seenDaysAgo: 1,
  },
  {
    id: '0528f34c-2725-489f-b97b-da0cde02cbd9',
    username: 'testuser@wallaroo.ai',
    email: 'testuser@wallaroo.ai',
    firstName: 'Test',
    lastName: 'User',
    createdDaysAgo: 380,
    seenDaysAgo: 74,
  },
  {
    id: '3927b9d3-c279-442c-a3ac-78ba1d2b14d8',
    username: 'john.hummel+signuptest@wallaroo.ai',
    email: 'john.hummel+signuptest@wallaroo.ai',
    requiredActions: ['UPDATE_PASSWORD'],
    createdDaysAgo: 360,
  },
  {
    username: 'mia@ex.co',
    email: 'mia@ex.co',
    firstName: 'Mia',
    lastName: 'Berg',
    createdDaysAgo: 90,
    seenDaysAgo: 40,
  },
  // Contains steve@ex.co and sorts before `steve`: a substring match takes this one first (contract §4.2).
  {
    username: 'asteve@ex.co',
    email: 'asteve@ex.co',
    firstName: 'Anna',
    lastName: 'Steve',
    createdDaysAgo: 200,
    seenDaysAgo: 33,
  },
  {
    username: 'ada@ex.co',
    email: 'ada@ex.co',
    firstName: 'Ada',
    lastName: 'Quist',
    realmRoles: ['admin'],
    createdDaysAgo: 350,
    seenDaysAgo: 20,
  },
  {
    username: 'olga@ex.co',
    email: 'olga@ex.co',
    firstName: 'Olga',
    lastName: 'Reyes',
    createdDaysAgo: 310,
    seenDaysAgo: 25,
  },
  {
    username: 'ivan@ex.co',
    email: 'ivan@ex.co',
    firstName: 'Ivan',
    lastName: 'Petrov',
    createdDaysAgo: 600,
    seenDaysAgo: 410,
  },
  { username: 'nora@ex.co', email: 'nora@ex.co', firstName: 'Nora', lastName: 'Lind', createdDaysAgo: 45 },
  { username: 'robot', emailVerified: false, createdDaysAgo: 150, seenDaysAgo: 60 },
  {
    username: 'Dana.Mixed@Ex.co',
    email: 'Dana.Mixed@Ex.co',
    firstName: 'Dana',
    lastName: 'Mixed',
    createdDaysAgo: 120,
    seenDaysAgo: 35,
  },
  // `_` is a wildcard of LIKE, so a search for a_b@ex.co finds axb@ex.co too (contract §4.2).
  { username: 'a_b@ex.co', email: 'a_b@ex.co', createdDaysAgo: 110, seenDaysAgo: 50 },
  { username: 'axb@ex.co', email: 'axb@ex.co', emailVerified: false, createdDaysAgo: 109, seenDaysAgo: 51 },
];

/** The user that this person is at the seed's `now`. */
export function userOf({ createdDaysAgo, seenDaysAgo, ...person }: SeedPerson, now: Date): WallarooUser {
  return makeUser({
    id: stableUuid(person.username),
    createdTimestamp: now.getTime() - createdDaysAgo * day,
    lastLogin: seenDaysAgo === undefined ? null : now.getTime() - seenDaysAgo * day,
    ...person,
  });
}

/** All of them, enabled. */
export const seedPeople = (now: Date): WallarooUser[] => people.map((person) => userOf(person, now));

/** One more person, `guest<number>@ex.co`, never seen. */
export const extraPerson = (number: number, now: Date): WallarooUser =>
  userOf({ username: `guest${number}@ex.co`, email: `guest${number}@ex.co`, createdDaysAgo: 10 }, now);

/** What lets the `api-client` act for itself (contract §3.2). Takes no seat. */
export const serviceAccount = (now: Date): WallarooUser =>
  userOf(
    {
      username: 'service-account-api-client',
      emailVerified: false,
      serviceAccount: true,
      createdDaysAgo: 420,
    },
    now,
  );
