import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readQuery, writeQuery } from '../../src/users/list-value.ts';

const query = { state: 'idle', toFree: true, words: ['mia'], page: 2 } as const;

it('what a list shows and who is ticked come back as they were', () => {
  const anyId = fc.oneof(fc.uuid(), fc.string({ maxLength: 20 }), fc.constantFrom('~', `~${'A'.repeat(21)}`));
  fc.assert(
    fc.property(fc.uniqueArray(anyId, { maxLength: 10 }), (ticked) => {
      expect(readQuery(writeQuery({ ...query, ticked }))).toEqual({
        ...query,
        ...(ticked.length === 0 ? {} : { ticked }),
      });
    }),
  );
});

it('more than may be changed at once travel, so that they are refused; never more than fit', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { minLength: 51, maxLength: 80 }), (ticked) => {
      expect(readQuery(writeQuery({ ...query, ticked }))?.ticked).toEqual(ticked.slice(0, 51));
    }),
  );
  const long = Array.from({ length: 60 }, (_, n) => `f:${'9'.repeat(36)}:somebody-${n}`);
  const value = writeQuery({ ...query, words: ['"'.repeat(200)], ticked: long });
  expect(value.length).toBeLessThanOrEqual(2000);
  expect(readQuery(value)?.ticked?.length).toBeGreaterThan(20);
});

it('a value of another kind is none', () => {
  expect([readQuery(''), readQuery('{"state":"idle"}')]).toEqual([undefined, undefined]);
});
