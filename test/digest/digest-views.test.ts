import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../sandbox/slack/block-kit/validate.ts';
import type { AccountFault, Digest, Happening, PendingRequest } from '../../src/digest/digest.ts';
import { digestMessage } from '../../src/digest/digest-views.ts';
import { essenceOf } from '../../src/digest/essence.ts';
import { happeningText } from '../../src/digest/happening-text.ts';
import { suggest } from '../../src/digest/suggestions.ts';
import { byIdleness, idleSince } from '../../src/license/idle.ts';
import { licenseLines, readMeter } from '../../src/license/license-desk.ts';
import { namesOf, seatHolders } from '../../src/license/seats.ts';
import { button, section, sizeOf } from '../../src/slack/blocks.ts';
import { code } from '../../src/slack/mrkdwn.ts';
import { quotedName } from '../../src/texts/plain-text.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { atOnce } from '../../src/work.ts';
import { anyText, anyUser, manyUsers, plainUser } from '../support/any-data.ts';
import { anyMarkedText, expectHarmlessMessage } from '../support/harmless.ts';

const now = new Date('2026-11-25T12:00:00Z');
const AUTH_URL = 'https://wallaroo.example.com';

function digestOf(
  users: readonly WallarooUser[],
  edition: 'community' | 'enterprise' = 'community',
  over: Partial<Digest> = {},
): Digest {
  const license =
    edition === 'community' ? ({ edition, seats: 5, warnAt: 4 } as const) : ({ edition } as const);
  const exempt = namesOf([]);
  const rules = { license, exempt, administrators: '<@U0ADA>' };
  const meter = readMeter(rules, users);
  return {
    window: { from: new Date('2026-11-18T12:00:00Z'), to: now },
    at: now,
    idleDays: 30,
    meter,
    license: licenseLines(rules, meter, true),
    holders: byIdleness(seatHolders(users, exempt), (user) => idleSince(user, new Map())),
    ends: new Map(),
    suggestions: atOnce(
      suggest(users, {
        now,
        idleDays: 30,
        exempt,
        mayBeDeactivated: () => true,
        idleSince: (user) => idleSince(user, new Map()),
        snoozes: new Map(),
      }),
    ),
    pending: [],
    happenings: [],
    moreHappened: false,
    faults: [],
    ownerless: undefined,
    authUrl: AUTH_URL,
    ...over,
  };
}

const request = (n: number, label = `new${n}@ex.co`): PendingRequest => ({
  id: `C-${n}`,
  text: `*activate* ${code(label)}`,
  requesterId: 'U0MIA',
  createdAt: now,
});
const happening = (n: number, label = `user${n}@ex.co`): Happening => ({
  at: now,
  event: 'applied',
  actor: 'U0ADA',
  labels: [label],
  before: 'inactive',
  after: 'active',
});
const fault = (user: WallarooUser): AccountFault => ({
  user,
  problem: 'username and email differ',
  remedy: 'Set username and email to the same confirmed address in Keycloak.',
});

const textOf = (digest: Digest): string => JSON.stringify(digestMessage(digest));

/** What Slack would refuse of the message; `undefined` if nothing. */
function faultOf(digest: Digest): unknown {
  const { blocks } = digestMessage(digest);
  if (blocks.length > 50) return `${blocks.length} blocks`;
  if (sizeOf(blocks) > 12_500) return `${sizeOf(blocks)} characters`;
  return validateMessage(digestMessage(digest));
}

describe('the digest', () => {
  const sizes = [0, 1, 5, 6, 10_000];

  it.each(sizes.flatMap((n) => [[n, 'community'] as const, [n, 'enterprise'] as const]))(
    'of %i users of a %s instance is within the limits and tells how many there are',
    (n, edition) => {
      const users = manyUsers(n, []);
      const many = digestOf(users, edition, {
        pending: users.map((_, at) => request(at)),
        happenings: users.slice(0, 200).map((_, at) => happening(at)),
        moreHappened: n > 200,
        faults: users.map(fault),
      });
      expect(faultOf(many)).toBeUndefined();
      expect(textOf(many)).toContain(
        edition === 'community' ? `${n} of 5 seats` : `${n} active ${n === 1 ? 'user' : 'users'}`,
      );
    },
  );

  it('counts what it does not show', () => {
    const text = textOf(digestOf(manyUsers(10_000, []), 'enterprise'));
    expect(text).toMatch(/… and 9\d\d\d more/);
  });

  it('has no meter and no warning on Enterprise', () => {
    const text = textOf(digestOf(manyUsers(6, []), 'enterprise'));
    expect(text).not.toMatch(/seats?\b|License full|Over the license/);
  });

  it.each([
    [4, 'License nearly full'],
    [5, 'License full'],
    [6, 'Over the license limit'],
  ])('warns at %i of 5 seats: %s', (n, words) => {
    expect(textOf(digestOf(manyUsers(n, [])))).toContain(words);
  });

  it('offers to deactivate or to keep each suggested user, those who never signed in apart', () => {
    const { blocks } = digestMessage(digestOf([plainUser(1), plainUser(2, { lastSignInMs: null })]));
    const text = JSON.stringify(blocks);
    expect(text).toContain('No sign-in seen for more than 30 days* (1)');
    expect(text).toContain('Never signed in* (1)');
    expect(text.split('Deactivate…')).toHaveLength(3);
    expect(text.split('"Keep"')).toHaveLength(3);
  });

  it('says who was kept, by whom and until when', () => {
    const user = plainUser(1);
    const snooze = { userId: user.id, keptBy: 'U0BEN', until: new Date('2026-12-25T12:00:00Z') };
    const text = textOf(
      digestOf([], 'community', { suggestions: { idle: [], never: [], kept: [{ user, snooze }] } }),
    );
    expect(text).toContain('Kept: `user1@ex.co` by <@U0BEN> until <!date^1798200000^');
    expect(text).toContain('Nobody looks idle.');
  });

  it('links each account that cannot work to its own page in the Keycloak console', () => {
    const text = textOf(digestOf([], 'community', { faults: [fault(plainUser(7))] }));
    expect(text).toContain(`<${AUTH_URL}/auth/admin/master/console/#/master/users/user-7/settings|`);
    expect(text).toContain('Set username and email to the same confirmed address');
  });

  it('tells what changed, outside Slack too', () => {
    const outside: Happening = { ...happening(2), event: 'observed', actor: 'outside' };
    const text = textOf(digestOf([], 'community', { happenings: [happening(1), outside] }));
    expect(text).toContain('`user1@ex.co` inactive → active by <@U0ADA>');
    expect(text).toContain('`user2@ex.co` inactive → active outside Slack');
  });

  it.each([
    ['Extended.', '`user1@ex.co` extended by <@U0ADA>'],
    ['The end was dropped.', '`user1@ex.co` · the end was dropped · by <@U0ADA>'],
    ['Nothing had to change. One session is left.', '`user1@ex.co` · nothing had to change · by <@U0ADA>'],
  ])('says what was done where the state stays: %s', (outcome, words) => {
    const same: Happening = { ...happening(1), before: undefined, after: undefined, outcome };
    expect(textOf(digestOf([], 'community', { happenings: [same] }))).toContain(words);
  });

  it('names whom an outcome is about in code spans, as it may have been stored without', () => {
    const event = fc.constantFrom('applied', 'cancelled');
    fc.assert(
      fc.property(anyMarkedText(), event, fc.boolean(), (name, of, isQuoted) => {
        const outcome = `${isQuoted ? quotedName(name) : name} has no owner. Nothing was done.`;
        const said = { ...happening(1), event: of, before: undefined, after: undefined, outcome };
        const text = happeningText(said);
        expectHarmlessMessage({ text, blocks: [section(text)] });
      }),
    );
    const named = { ...happening(1), event: 'cancelled', outcome: '`Dr. *Q4*` has left. Nothing was done.' };
    expect(happeningText(named)).toContain('· `Dr. *Q4*` has left · by');
  });

  it('is within the limits for any data of users, none of which becomes a mention or a link', () => {
    fc.assert(
      fc.property(
        fc.array(anyUser, { maxLength: 12 }),
        fc.array(anyText(), { maxLength: 5 }),
        (users, texts) => {
          const digest = digestOf(users, 'community', {
            pending: texts.map((text, n) => request(n, text)),
            happenings: texts.map((text, n) => ({ ...happening(n, text), after: `OWNER of ${text}` })),
            faults: users.map(fault),
          });
          expect(faultOf(digest)).toBeUndefined();
          const plain = textOf(digest).replace(/`[^`]*`/g, '');
          expect(plain).not.toContain('<!channel>');
          expect(plain).not.toContain('evil.example');
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what changed', () => {
  const nora = { at: now, labels: ['nora@ex.co'], requester: 'U0MIA', before: undefined, after: undefined };

  it.each([
    ['failed', 'U0ADA', 'Wallaroo refused.', ' · a change by <@U0ADA> failed'],
    ['denied', 'U0BEN', 'Denied: no.', ' · request denied by <@U0BEN>'],
    ['expired', 'system', 'Nobody decided in time.', ' · request expired'],
    ['cancelled', 'U0MIA', 'Withdrawn by the requester.', ' · request withdrawn by <@U0MIA>'],
    [
      'cancelled',
      'U0BEN',
      'The user stays active: the end was dropped.',
      ' · the user stays active: the end was dropped · by <@U0BEN>',
    ],
  ])('says of the request or the change that it %s, not of the user', (event, actor, outcome, words) => {
    expect(happeningText({ ...nora, event, actor, outcome })).toContain(`\`nora@ex.co\`${words}`);
  });
});

it('writes its essence as every version did: else all instances would see a change', () => {
  const [ana, ben] = [plainUser(1), plainUser(2, { lastSignInMs: null })];
  const over = { pending: [request(2), request(1)], faults: [fault(ben), fault(ana)] };
  const digest = {
    ...digestOf([ben, ana], 'community', over),
    ownerless: { ids: [4, 7], names: [], open: button({ text: 'Show', actionId: 'open' }) },
  };
  const { idle, never } = digest.suggestions;
  const ids = (users: readonly WallarooUser[]) => users.map(({ id }) => id).sort();
  const problem = 'username and email differ';
  expect(atOnce(essenceOf(digest))).toBe(
    JSON.stringify([
      digest.meter,
      ids([ana, ben]),
      ids(idle),
      ids(never),
      ['C-1', 'C-2'],
      [`${ana.id} ${problem}`, `${ben.id} ${problem}`].sort(),
      [4, 7],
    ]),
  );
});

it('has the same essence for the same people in any order, and another one as soon as one of them differs', () => {
  const anyUsers = fc.uniqueArray(anyUser, { minLength: 1, maxLength: 8, selector: ({ id }) => id });
  const anyOrders = anyUsers.chain((users) =>
    fc.tuple(fc.constant(users), fc.shuffledSubarray(users, { minLength: users.length })),
  );
  const essence = (holders: readonly WallarooUser[]) =>
    atOnce(essenceOf(digestOf([], undefined, { holders })));
  fc.assert(
    fc.property(anyOrders, ([users, shuffled]) => {
      expect(essence(shuffled)).toBe(essence(users));
      expect(essence(users.slice(1))).not.toBe(essence(users));
    }),
  );
});
