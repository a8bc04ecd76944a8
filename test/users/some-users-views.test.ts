import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validateMessage } from '../../sandbox/slack/block-kit/validate.ts';
import { button } from '../../src/slack/blocks.ts';
import { someUsersMessage } from '../../src/users/some-users-views.ts';
import { anyUser, manyUsers } from '../support/any-data.ts';
import { plainStanding } from '../support/standing.ts';

const view = (page: number) => ({
  title: 'Users of this request',
  page,
  turn: (text: string, suffix: string, to: number) =>
    button({ text, actionId: `turn/${suffix}`, value: `${to}` }),
});

it('is a message that Slack takes, for any users and any page', () => {
  fc.assert(
    fc.property(
      fc.array(anyUser, { maxLength: 3 }),
      fc.nat({ max: 50 }),
      fc.integer({ min: -1, max: 9 }),
      (from, n, page) => {
        const some = { users: manyUsers(n, from), gone: 0, standing: plainStanding() };
        expect(validateMessage(someUsersMessage(some, view(page)))).toBeUndefined();
      },
    ),
    { numRuns: 200 },
  );
});

it('says how many are no longer there', () => {
  const { text } = someUsersMessage({ users: manyUsers(2, []), gone: 1, standing: plainStanding() }, view(0));
  expect(text).toContain('2 users · page 1 of 1 · 1 no longer in Wallaroo');
});
