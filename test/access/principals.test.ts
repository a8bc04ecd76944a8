import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalsOf, type RoleFacts, roleOf, type SlackPerson } from '../../src/access/principals.ts';

const TEAM = 'T0WALLAROO';
const ORG = 'E0EX';

const anyPerson: fc.Arbitrary<SlackPerson> = fc.record({
  userId: fc.constant('U0ADA'),
  ids: fc.constant(['U0ADA']),
  teamIds: fc.subarray([TEAM, 'T0OTHER']),
  enterpriseId: fc.constantFrom(undefined, ORG, 'E0OTHER'),
  deactivated: fc.boolean(),
  guest: fc.boolean(),
  stranger: fc.boolean(),
  bot: fc.boolean(),
  email: fc.constant(undefined),
  emailUnconfirmed: fc.boolean(),
});
const anyFacts: fc.Arbitrary<RoleFacts> = fc.record({
  person: fc.option(anyPerson, { nil: undefined }),
  ownTeam: fc.record({ teamId: fc.constant(TEAM), enterpriseId: fc.constantFrom(undefined, ORG) }),
  claimedTeamId: fc.constantFrom(TEAM, 'T0OTHER', ORG, undefined),
  inAdmins: fc.boolean(),
  inMembers: fc.constantFrom(true, false, undefined),
});

describe('who somebody is', () => {
  it('is an outsider in every doubt, with a sentence that says why, whatever Slack tells', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { role, refusal } = roleOf(facts);
        const { person, ownTeam, claimedTeamId: claimed } = facts;
        const theirs = [...(person?.teamIds ?? []), person?.enterpriseId];
        const isTold = theirs.some((id) => id !== undefined);
        const isOfOrg = ownTeam.enterpriseId !== undefined && person?.enterpriseId === ownTeam.enterpriseId;
        const doubtful =
          person === undefined ||
          person.deactivated ||
          person.guest ||
          person.stranger ||
          person.bot ||
          (claimed !== undefined && claimed !== TEAM && !theirs.includes(claimed)) ||
          !(isOfOrg || (isTold ? theirs.includes(TEAM) : claimed === TEAM));
        const expected = doubtful
          ? 'outsider'
          : facts.inAdmins
            ? 'administrator'
            : facts.inMembers === false
              ? 'outsider'
              : 'member';
        expect(role).toBe(expected);
        expect(refusal === undefined).toBe(role !== 'outsider');
      }),
      { numRuns: 1000 },
    );
  });

  it('tells people from groups by their ids', () => {
    expect(principalsOf(['U1', 'S1', 'W1'])).toEqual({ people: ['U1', 'W1'], groups: ['S1'] });
  });
});
