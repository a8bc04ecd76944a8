import { expect, it } from 'vitest';
import { ttlCache } from '../src/ttl-cache.ts';

const value = (name: string) => ({ name });

it('keeps no more than it is told to: the least recently used goes', () => {
  const cache = ttlCache<{ readonly name: string }>({ most: 2, ttlMs: 1000, monotonicMs: () => 0 });
  for (const name of ['a', 'b']) cache.set(name, value(name));
  cache.get('a');
  cache.set('c', value('c'));
  expect([...cache.keys()].sort()).toEqual(['a', 'c']);
});

it('keeps each for its time, by the clock it is given', () => {
  let nowMs = 5;
  const cache = ttlCache<{ readonly name: string }>({ most: 2, ttlMs: 1000, monotonicMs: () => nowMs });
  cache.set('a', value('a'));
  nowMs = 1005;
  expect(cache.get('a')).toEqual(value('a'));
  nowMs = 1006;
  expect(cache.get('a')).toBeUndefined();
});
