import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { administratorsToOffer, readAdministrators } from '../../src/changes/administrator-facts.ts';
import { administratorsAmong, deactivationGuard, type GuardFacts } from '../../src/changes/guards.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';

const user = (id: string, over: Partial<WallarooUser> = {}): WallarooUser => ({
  id,
  username: id,
  email: undefined,
  emailVerified: true,
  firstName: undefined,
  lastName: undefined,
  enabled: true,
  createdMs: undefined,
  lastSignInMs: undefined,
  realmRoles: undefined,
  requiredActions: [],
  ...over,
});

const factsOf = (administrators: GuardFacts['administrators'], leaving?: readonly string[]): GuardFacts => ({
  administrators,
  ...(leaving === undefined ? {} : { leaving }),
  botUserId: 'bot',
  isProtected: () => false,
  requesterEmail: undefined,
});

interface Person {
  readonly enabled: boolean;
  readonly isAdministrator: boolean;
  /** Whether the list says which roles they have. */
  readonly isTold: boolean;
  /** Of which no list tells. */
  readonly isByGroup: boolean;
}

const person: fc.Arbitrary<Person> = fc.record({
  enabled: fc.boolean(),
  isAdministrator: fc.boolean(),
  isTold: fc.boolean(),
  isByGroup: fc.boolean(),
});

describe('the last active administrator', () => {
  it('never goes, whatever is told, and by whom, alone or together with others', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('tells', 'refuses'),
        async (people, count, keycloak) => {
          const users = people.map(({ enabled, isAdministrator, isTold, isByGroup }, at) => {
            const isListed = isAdministrator && !(isByGroup && keycloak === 'tells');
            return user(`u${at}`, { enabled, realmRoles: isTold ? (isListed ? ['admin'] : []) : undefined });
          });
          const active = users.filter(({ enabled }) => enabled);
          const leaving = active.slice(0, count).map(({ id }) => id);
          const isOne = (id: string) => people[Number(id.slice(1))]?.isAdministrator === true;
          const wallaroo = {
            isPlatformAdministrator: async (id: string) => (keycloak === 'tells' ? isOne(id) : undefined),
          };
          const administrators = await readAdministrators(wallaroo, users, 'bot', leaving);
          const facts = factsOf(administrators, leaving);
          const allowed = active.filter(
            (one) => leaving.includes(one.id) && deactivationGuard(one, facts) === undefined,
          );
          const left = active.filter(({ id }) => isOne(id) && !allowed.some((gone) => gone.id === id));
          if (allowed.some(({ id }) => isOne(id))) expect(left).not.toHaveLength(0);
          // Where Keycloak tells, it is in nobody's way who is none.
          if (keycloak === 'tells')
            for (const id of leaving.filter((one) => !isOne(one)))
              expect(allowed.map((one) => one.id)).toContain(id);
        },
      ),
      { numRuns: 500 },
    ));

  it('asks Keycloak for nothing that the list tells', async () => {
    const asked: string[] = [];
    const wallaroo = {
      isPlatformAdministrator: async (id: string) => {
        asked.push(id);
        return true;
      },
    };
    const users = [user('a', { realmRoles: ['admin'] }), user('b', { realmRoles: ['admin'] }), user('c')];
    await readAdministrators(wallaroo, users, 'bot', ['a']);
    await readAdministrators(wallaroo, users, 'bot');
    expect(asked).toEqual([]);
    // Somebody is left who helps, no matter who `c` is.
    await readAdministrators(wallaroo, users, 'bot', ['a', 'c']);
    expect(asked).toEqual([]);
    await readAdministrators(wallaroo, users, 'bot', ['a', 'b', 'c']);
    expect(asked).toEqual(['c']);
  });

  it('looks for help at the built-in administrator first, and at the bot never', async () => {
    const asked: string[] = [];
    const wallaroo = {
      isPlatformAdministrator: async (id: string) => {
        asked.push(id);
        return id !== 'x';
      },
    };
    const users = [user('bot'), user('x'), user('y'), user('z', { username: 'Admin' })];
    const { helpers } = await readAdministrators(wallaroo, users, 'bot', ['y']);
    expect(asked).toEqual(['y', 'z']);
    expect([...helpers]).toEqual(['y', 'z']);
  });

  it('is asked about once for all who are offered from the same list', async () => {
    let asked = 0;
    const wallaroo = {
      isPlatformAdministrator: async () => {
        asked += 1;
        return true;
      },
    };
    const users = [user('a'), user('b')];
    const first = await administratorsToOffer(wallaroo, users, 'bot');
    expect(await administratorsToOffer(wallaroo, users, 'bot')).toBe(first);
    expect(asked).toBe(1);
    await administratorsToOffer(wallaroo, [...users], 'bot');
    expect(asked).toBe(2);
  });

  it('is told among 50,000 users by looking at each once', () => {
    const users = Array.from({ length: 50_000 }, (_, at) => user(`u${at}`, { realmRoles: [] }));
    let looks = 0;
    const watched = users.map((one) => ({
      ...one,
      get enabled() {
        looks += 1;
        return true;
      },
      get realmRoles() {
        looks += 1;
        return [];
      },
    }));
    const facts = factsOf(administratorsAmong(watched, 'bot'));
    for (const one of watched) deactivationGuard(one, facts);
    expect(looks).toBeLessThan(4 * users.length);
  });
});

it('knows the administrators of each list as it stands, whatever changed since the one before', () => {
  const roles = fc.constantFrom(undefined, [], ['admin'], ['admin', 'other'], ['Admin']);
  const someone = fc.record({ number: fc.nat(30), enabled: fc.boolean(), realmRoles: roles });
  const exchanges = fc.array(fc.array(someone, { maxLength: 2 }), { maxLength: 6 });
  const told = fc.dictionary(fc.constantFrom('user-1', 'user-2', 'user-30'), fc.boolean());
  fc.assert(
    fc.property(exchanges, told, (steps, others) => {
      let users = Array.from({ length: 30 }, (_, number) => user(`user-${number}`));
      for (const changed of [[], ...steps]) {
        for (const { number, ...over } of changed)
          users = users.map((one, at) => (at === number ? { ...one, ...over } : one));
        const known = new Map(Object.entries(others));
        const helpers = users.filter(
          ({ id, enabled, realmRoles }) => enabled && (realmRoles?.includes('admin') || known.get(id)),
        );
        expect(administratorsAmong(users, 'bot', known).helpers).toEqual(
          new Set(helpers.map(({ id }) => id)),
        );
      }
    }),
  );
});
