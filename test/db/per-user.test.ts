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

it('gives each user the states that the entry has for them, whatever characters are in them', () => {
  const added = {
    subjects: [
      { ...nora, before: 'no member of Risk, Fraud', after: 'OWNER of Risk, Fraud' },
      { ...test, after: 'OWNER of Risk, Fraud', outcome: 'Nothing had to change.' },
    ],
    before: 'no member of Risk, Fraud, –',
    after: 'OWNER of Risk, Fraud, OWNER of Risk, Fraud',
    outcome: 'Membership changed.',
  };
  expect(perUser(added)).toMatchObject([
    { before: 'no member of Risk, Fraud', after: 'OWNER of Risk, Fraud', outcome: 'Membership changed.' },
    { before: undefined, after: 'OWNER of Risk, Fraud', outcome: 'Nothing had to change.' },
  ]);
});

it('makes a row for each user of an old entry that does not tell the states of each', () => {
  const old = { subjects: [nora, test], before: 'active', after: 'inactive' };
  expect(perUser(old)).toEqual([
    { subjects: [nora], before: 'active', after: 'inactive' },
    { subjects: [test], before: 'active', after: 'inactive' },
  ]);
});

it('leaves an entry of one user as it is', () => {
  const entry = { subjects: [nora], before: 'active', after: 'inactive' };
  expect(perUser(entry)).toEqual([entry]);
});
