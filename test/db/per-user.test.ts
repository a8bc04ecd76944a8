import { expect, it } from 'vitest';
import { perUser } from '../../src/db/per-user.ts';

const nora = { userId: 'n', label: 'nora@ex.co' };
const test = { userId: 't', label: 'testuser@ex.co' };

it('makes two rows of a swap, each with the states of its user', () => {
  const swap = {
    subjects: [nora, test],
    before: 'active, inactive',
    after: 'inactive, active',
    changeId: 'C',
  };
  expect(perUser(swap)).toEqual([
    { subjects: [nora], before: 'active', after: 'inactive', changeId: 'C' },
    { subjects: [test], before: 'inactive', after: 'active', changeId: 'C' },
  ]);
});

it.each([
  ['of one user', { subjects: [nora], before: 'active', after: 'inactive' }],
  ['that does not tell the states of each', { subjects: [nora, test], before: 'active', after: 'inactive' }],
])('leaves an entry %s as it is', (_, entry) => {
  expect(perUser(entry)).toEqual([entry]);
});
