import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortedByText } from '../../src/text-order.ts';
import { END, TextTable } from '../../src/text-table.ts';
import { addOrderKey } from '../../src/users/plain-order.ts';
import { indexed, indexOf } from '../../src/users/user-index.ts';
import { fullNameKey, nameKey } from '../../src/users/user-names.ts';
import { byUsername } from '../../src/wallaroo/by-username.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { atOnce, inserted, mergedWith, sorted } from '../../src/work.ts';
import { anyUser } from '../support/any-data.ts';

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** What is added for these texts, as a text; `undefined` where nothing is. */
function orderKey(...texts: readonly string[]): string | undefined {
  const keys = new TextTable();
  keys.add('before');
  const isAdded = addOrderKey(keys, ...texts);
  keys.add('behind');
  expect(keys.length).toBe(isAdded ? 3 : 2);
  expect([textAt(keys, 0), textAt(keys, keys.length - 1)]).toEqual(['before', 'behind']);
  return isAdded ? textAt(keys, 1) : undefined;
}

function textAt(table: TextTable, text: number): string {
  let units = '';
  for (let at = 0; table.unitAt(text, at) !== END; at += 1)
    units += String.fromCharCode(table.unitAt(text, at));
  return units;
}

const letters = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'aAbz019-_.@ \'"ÄéøßŁñ', '\u0301', '\u0363', '10', '00'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 8,
});

it('makes keys that order as the collator does, which takes ten times as long', () => {
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const [keyA, keyB] = [orderKey(a), orderKey(b)];
      if (keyA === undefined || keyB === undefined) return;
      const byKey = keyA === keyB ? 0 : keyA < keyB ? -1 : 1;
      expect(byKey).toBe(Math.sign(collator.compare(a, b)));
    }),
    { numRuns: 20_000 },
  );
});

it('orders each letter of Europe, with and without an accent behind it, as the collator does', () => {
  const codes = Array.from({ length: 0x250 - 0x20 }, (_, at) => 0x20 + at);
  const texts = codes.flatMap((code) => ['', '\u0301'].map((accent) => String.fromCharCode(code) + accent));
  const others = ['a', 'ez', 'l', 'o', 'ss', 'z', '~'].map((text) => ({ text, key: orderKey(text) ?? '' }));
  const differing = texts.filter((text) => {
    const key = orderKey(text);
    if (key === undefined) return false;
    return others.some(
      (other) =>
        (key === other.key ? 0 : key < other.key ? -1 : 1) !== Math.sign(collator.compare(text, other.text)),
    );
  });
  expect(differing).toEqual([]);
  expect(texts.filter((text) => orderKey(text) !== undefined).length).toBeGreaterThan(400);
});

it('leaves to the collator what only it can order', () => {
  expect(['日本', 'Łukasz', 'a\u0000b', '1'.repeat(200)].map((text) => orderKey(text))).toEqual(
    Array(4).fill(undefined),
  );
  expect(['Jörg Ñandú', 'o’b'.replace('’', "'")].map((text) => orderKey(text))).toEqual(
    ['JORG NANDU', "O'B"].map((text) => orderKey(text)),
  );
});

it('sorts by texts as a plain sort does, however they begin', () => {
  const beginning = fc.constantFrom('', 'a', 'ann', 'anna', 'annab', 'anna.berg@', 'ü日', 'z');
  const texts = fc.array(
    fc.tuple(beginning, fc.string({ maxLength: 3 })).map((parts) => parts.join('')),
    { minLength: 1500, maxLength: 1800 },
  );
  fc.assert(
    fc.property(texts, (some) => {
      const items = some.map((text, number) => ({ text, number }));
      const byNumber = (a: (typeof items)[number], b: (typeof items)[number]) => b.number - a.number;
      const plainly = [...items].sort((a, b) =>
        a.text < b.text ? -1 : a.text > b.text ? 1 : byNumber(a, b),
      );
      const table = new TextTable();
      for (const text of some) table.add(text);
      expect(atOnce(sortedByText(items, table, byNumber))).toEqual(plainly);
    }),
    { numRuns: 20 },
  );
});

it('sorts in steps as at once', () => {
  const items = fc.array(fc.tuple(fc.nat(20), fc.nat()), { maxLength: 2000 });
  const byFirst = (a: readonly number[], b: readonly number[]) => (a[0] ?? 0) - (b[0] ?? 0);
  fc.assert(
    fc.property(items, items, (some, more) => {
      const [a, b] = [atOnce(sorted(some, byFirst)), atOnce(sorted(more, byFirst))];
      expect(a).toEqual([...some].sort(byFirst));
      const both = [...a, ...b].sort(byFirst);
      expect(atOnce(mergedWith(a, b, byFirst))).toEqual(both);
      expect(atOnce(inserted(a, b, byFirst))).toEqual(both);
    }),
    { numRuns: 30 },
  );
});

const shortText = fc.constantFrom('Ann', 'Berg', 'ann@ex.co', 'Jörg Ö', 'b.2', 'b10', 'CHLOÉ', '日本');
const someone = fc
  .tuple(anyUser, shortText, fc.option(shortText), fc.option(shortText), fc.option(shortText))
  .map(
    ([user, username, email, firstName, lastName]): WallarooUser => ({
      ...user,
      username,
      email: email ?? undefined,
      firstName: firstName ?? undefined,
      lastName: lastName ?? undefined,
    }),
  );
const someUsers = fc.uniqueArray(someone, { selector: ({ id }) => id, maxLength: 40 });
const inList = (users: readonly WallarooUser[]) => [...users].sort(byUsername);

it('keeps an index from list to list that is the same as one of the last list alone', () => {
  const exchanges = fc.array(
    fc.record({ gone: fc.array(fc.nat(), { maxLength: 3 }), come: fc.array(someone, { maxLength: 3 }) }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(someUsers, exchanges, fc.boolean(), (first, steps, ready) => {
      let users = inList([...first, ...first.map((user) => ({ ...user, id: `${user.id}+` }))]);
      for (const { gone, come } of [{ gone: [], come: [] }, ...steps]) {
        const stay = users.filter((_, at) => !gone.some((number) => number % users.length === at));
        users = inList([...stay, ...come.filter(({ id }) => !stay.some((user) => user.id === id))]);
        if (ready) atOnce(indexed(users, { order: true, names: true }));
        const copies = users.map((user) => ({ ...user }));
        const [kept, alone] = [indexOf(users), indexOf(copies)];
        expect(kept.inOrder).toEqual(alone.inOrder);
        for (const { id, username, email = '', firstName, lastName } of [...users, ...first]) {
          for (const name of [id, username, email].map(nameKey))
            expect(kept.named(name)).toEqual(alone.named(name));
          const full = fullNameKey(`${lastName} ${firstName}`);
          expect(kept.fullyNamed(full)).toEqual(alone.fullyNamed(full));
          const word = [username.slice(1, 5).toLowerCase()];
          expect(kept.matching(kept.inOrder, word)).toEqual(alone.matching(alone.inOrder, word));
        }
        expect(users.map(kept.calledNames)).toEqual(copies.map(alone.calledNames));
      }
    }),
    { numRuns: 60 },
  );
});
