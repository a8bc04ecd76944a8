import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byUsername } from '../../src/wallaroo/by-username.ts';
import { WallarooError } from '../../src/wallaroo/errors.ts';
import type { ReadUsers } from '../../src/wallaroo/known-list.ts';
import { KnownUsers, underId } from '../../src/wallaroo/known-users.ts';
import { listedUser, userSchema, usersQuerySchema } from '../../src/wallaroo/schemas.ts';
import { jsonOf, textOf, understood } from '../../src/wallaroo/wire.ts';
import { atOnce } from '../../src/work.ts';

/** `LIST_RUNS=100000` tries more, `LIST_SEED=…` others. */
const RUNS = Number(process.env.LIST_RUNS ?? 500);
const SEED = Number(process.env.LIST_SEED ?? 20261126);

const call = { method: 'POST', path: '/v1/api/users/query' };

/** What the bytes say to who parses them whole, and remembers nothing. */
function readPlainly(bytes: Buffer): ReadUsers {
  const { users: map } = understood(call, usersQuerySchema, jsonOf(call, textOf(bytes)));
  const entries = Object.entries(map);
  const users = entries.flatMap(([id, record]) =>
    record === null ? [] : [listedUser(underId(call, id, understood(call, userSchema, record)))],
  );
  return {
    users: users.sort(byUsername),
    empty: entries.filter(([, record]) => record === null).map(([id]) => id),
  };
}

/** What comes of a reading, as it can be compared: which of several faults is told does not matter. */
function outcome(read: () => ReadUsers): unknown {
  try {
    const { users, empty } = read();
    return { users, empty: [...empty].sort() };
  } catch (error) {
    if (error instanceof WallarooError) return error.code === 'malformed' ? 'malformed' : 'not understood';
    throw error;
  }
}

const rarely = <T>(odd: fc.Arbitrary<T>, usual: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 1, arbitrary: odd }, { weight: 80, arbitrary: usual });

const sometimes = <T>(odd: fc.Arbitrary<T>, usual: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 1, arbitrary: odd }, { weight: 8, arbitrary: usual });

const name = fc.constantFrom(
  'ann',
  'Ben',
  'jörg@ex.co',
  'a"b',
  'back\\slash',
  '',
  'x{y}[z]',
  '日本',
  '\u2028',
  '\ud800',
);
const ids = [
  '7',
  'a-1',
  'b"3',
  'ü-4',
  '__proto__',
  'users',
  '',
  'begins alike with 1',
  'begins alike with 2',
] as const;
const missing = fc.constantFrom(null, undefined);
const texts = fc.array(name, { maxLength: 2 });

const recordOf = (id: string): fc.Arbitrary<unknown> =>
  sometimes<unknown>(
    rarely<unknown>(fc.constantFrom(1, 'x', true, [], {}, { id: 'a-1' }), fc.constant(null)),
    fc.record(
      {
        id: rarely(fc.constantFrom<unknown>('a-1', 3), fc.constant(id)),
        username: rarely<unknown>(fc.constantFrom(null, 3), name),
        enabled: rarely<unknown>(fc.constant('true'), fc.boolean()),
        email: fc.oneof(missing, name),
        emailVerified: rarely<unknown>(fc.constant(0), fc.oneof(missing, fc.boolean())),
        firstName: rarely<unknown>(fc.constant(5), fc.oneof(missing, name)),
        createdTimestamp: rarely<unknown>(
          fc.constant('now'),
          fc.constantFrom(null, undefined, 0, 1000, 1e21, -5),
        ),
        lastLogin: fc.constantFrom(null, undefined, 0, 2.5, 1_700_000_000_000),
        realmRoles: rarely<unknown>(fc.constant([1]), fc.oneof(missing, texts)),
        requiredActions: fc.oneof(missing, texts),
        access: fc.constantFrom(undefined, { view: true, more: [{}, [], { '}': '"' }] }),
      },
      { requiredKeys: ['id', 'username', 'enabled'] },
    ),
  );

type Entries = readonly (readonly [id: string, record: unknown])[];

const anyEntries: fc.Arbitrary<Entries> = fc
  .uniqueArray(fc.constantFrom(...ids), { maxLength: ids.length })
  .chain((some) => fc.tuple(...some.map((id) => fc.tuple(fc.constant(id), recordOf(id)))));

/** From one list to the next: some say something else, some go, some come, some come twice, and all in another order. */
const nextEntries = (entries: Entries): fc.Arbitrary<Entries> =>
  fc
    .record({
      altered: fc.tuple(...entries.map(([id, record]) => sometimes(recordOf(id), fc.constant(record)))),
      come: fc.oneof(fc.constant<Entries>([]), anyEntries),
      twice: sometimes(fc.constant(true), fc.constant(false)),
    })
    .chain(({ altered, come, twice }) => {
      const stay = entries.map(([id], at) => [id, altered[at]] as const);
      const more = twice ? come : come.filter(([id]) => !entries.some(([known]) => known === id));
      return fc.shuffledSubarray([...stay, ...more], {
        minLength: Math.max(0, stay.length + more.length - 1),
      });
    });

/** How a serializer may write the same. */
const style = fc.record({
  blank: fc.constantFrom('', '', '', ' ', '\n\t\r '),
  escaped: fc.boolean(),
  number: rarely(fc.constant('e999'), fc.constantFrom('', '', 'e0', '.0', 'E+0')),
  before: sometimes(
    fc.constantFrom('"more":[{"users":{}}],', '"users":{"a-1":null},', '"users":3,', '"u\\u0073ers":{},'),
    fc.constant(''),
  ),
  after: sometimes(fc.constantFrom(',"more":"}"', ',"users":null', ',"users":{}'), fc.constant('')),
  mark: rarely(fc.constant('\uFEFF'), fc.constant('')),
  tail: rarely(fc.constantFrom('x', ',', '}', ' ', '\0', '{}'), fc.constant('')),
});

type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

function written(value: unknown, { blank, escaped, number }: Style): string {
  const text = JSON.stringify(value, undefined, blank === '' ? undefined : 1) ?? 'null';
  const spelled = escaped
    ? text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text;
  return spelled.replace(/(?<=":\s*)(\d+)(?=[,}\s])/g, `$1${number}`);
}

function replyOf(entries: Entries, how: Style): Buffer {
  const { blank, before, after, mark, tail } = how;
  const members = entries.map(
    ([id, record]) => `${blank}${written(id, how)}${blank}:${blank}${written(record, how)}${blank}`,
  );
  return Buffer.from(
    `${mark}${blank}{${before}"users"${blank}:${blank}{${members.join(',')}}${after}${blank}}${tail}`,
  );
}

/** What happens to bytes on their way. */
const harm = sometimes(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom('cut', 'drop', 'other', 'double'),
    byte: fc.constantFrom(...Buffer.from('"\\{}[],:0e-x \n\0'), 0xff, 0xc3),
  }),
  fc.constant(undefined),
);

function harmed(bytes: Buffer, fault: typeof harm extends fc.Arbitrary<infer T> ? T : never): Buffer {
  if (fault === undefined) return bytes;
  const at = Math.floor(fault.at * bytes.length);
  switch (fault.kind) {
    case 'cut':
      return bytes.subarray(0, at);
    case 'drop':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    case 'double':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 1))]);
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.of(fault.byte), bytes.subarray(at + 1)]);
  }
}

const reply = (entries: Entries) =>
  fc.tuple(style, harm).map(([how, fault]) => harmed(replyOf(entries, how), fault));

/** One list after another, mostly in the same writing, as a serializer keeps to its own. */
const someReplies = anyEntries.chain((first) =>
  nextEntries(first).chain((second) =>
    nextEntries(second).chain((third) =>
      fc.oneof(
        style.map((how) => [first, second, third].map((entries) => replyOf(entries, how))),
        fc.tuple(reply(first), reply(second), reply(third)),
      ),
    ),
  ),
);

it('reads each list as if it were the first, whatever came before and however it is written', () => {
  fc.assert(
    fc.property(someReplies, (replies) => {
      const known = new KnownUsers();
      for (const bytes of replies)
        expect(outcome(() => atOnce(known.read(call, bytes)))).toEqual(outcome(() => readPlainly(bytes)));
    }),
    { numRuns: RUNS, seed: SEED },
  );
}, 1_800_000);

const user = (id: string, more: { readonly lastLogin?: number; readonly [field: string]: unknown } = {}) => ({
  id,
  username: id,
  enabled: true,
  ...more,
});
const bytesOf = (...users: readonly { readonly id: string }[]) =>
  Buffer.from(JSON.stringify({ users: Object.fromEntries(users.map((each) => [each.id, each])) }));

it('gives the same list again while nobody differs, in whatever order, and the same user while they do not', () => {
  const known = new KnownUsers();
  const first = atOnce(known.read(call, bytesOf(user('a'), user('b'), user('c'))));
  const shuffled = atOnce(known.read(call, bytesOf(user('c'), user('a'), user('b'))));
  expect(shuffled.users).toBe(first.users);
  const unlike = atOnce(known.read(call, bytesOf(user('c', { access: {} }), user('a'), user('b'))));
  expect(unlike.users).toBe(first.users);
  const altered = atOnce(known.read(call, bytesOf(user('c'), user('a', { enabled: false }), user('b'))));
  expect(altered.users[0]).not.toBe(first.users[0]);
  expect(altered.users[1]).toBe(first.users[1]);
});

it('reads two replies at a time, each on what was known when it came', () => {
  const known = new KnownUsers();
  atOnce(known.read(call, bytesOf(user('a'), user('b'))));
  // So many are read in several steps.
  const many = Array.from({ length: 100 }, (_, number) => `c${100 + number}`);
  const [earlier, later] = [
    known.read(call, bytesOf(user('b'), ...many.map((id) => user(id)))),
    known.read(call, bytesOf(user('a'))),
  ];
  expect(earlier.next().done).toBe(false);
  expect(atOnce(later).users.map(({ id }) => id)).toEqual(['a']);
  expect(atOnce(earlier).users.map(({ id }) => id)).toEqual(['b', ...many]);
  expect(atOnce(known.read(call, bytesOf(user('d')))).users.map(({ id }) => id)).toEqual(['d']);
});

/** Over a million bytes together: from there on a reply's memory is used again. */
const LONG = 'x'.repeat(3000);
const MANY = 360;
const signIns = ({ users }: ReadUsers) => users.map(({ lastSignInMs }) => lastSignInMs);

it('uses the memory of replies again that nobody looks at any more, however two readings meet', () => {
  /** Who says something else than before, in each of three replies, and how far the first is read while the others come. */
  const altered = fc.array(fc.nat(MANY - 1), { minLength: 1, maxLength: 3 });
  const meetings = fc.array(fc.tuple(altered, altered, altered, fc.nat(8)), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(meetings, (some) => {
      const known = new KnownUsers();
      const list = Array.from({ length: MANY }, (_, at) => user(`${at}`, { lastName: LONG, lastLogin: 0 }));
      const received = (altered: readonly number[]): Buffer => {
        for (const at of altered)
          list[at] = { ...list[at], ...user(`${at}`), lastLogin: (list[at]?.lastLogin ?? 0) + 1 };
        const bytes = bytesOf(...list);
        const place = known.room.take(bytes.length) ?? Buffer.alloc(bytes.length);
        bytes.copy(place);
        return place.subarray(0, bytes.length);
      };
      for (const [first, second, third, steps] of some) {
        const one = received(first);
        const expected = signIns(readPlainly(one));
        const reading = known.read(call, one);
        for (let step = 0; step < steps && reading.next().done !== true; step += 1);
        for (const others of [second, third]) {
          const bytes = received(others);
          expect(signIns(atOnce(known.read(call, bytes)))).toEqual(signIns(readPlainly(bytes)));
        }
        if (steps < 6) expect(signIns(atOnce(reading))).toEqual(expected);
      }
    }),
    { numRuns: 15, seed: SEED },
  );
});
