import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailFault, isEmail } from '../../src/texts/email.ts';
import { plainText } from '../../src/texts/plain-text.ts';
import { takeFurther, takeWho } from '../../src/texts/take-who.ts';
import { parseWho } from '../../src/texts/typed-who.ts';
import { findWho, knownNames } from '../../src/users/who.ts';
import { atOnce } from '../../src/work.ts';
import { anyText, plainUser } from '../support/any-data.ts';
import { decorated } from './decorations.ts';

const named = (n: number, email: string, names: { firstName?: string; lastName?: string } = {}) =>
  plainUser(n, { id: `id-${n}`, username: email, email, ...names });

/** People whose names hide in each other, or look like what is put around a name. */
const users = [
  named(1, 'nora@ex.co', { firstName: 'Nora', lastName: 'Lind' }),
  named(2, 'anora@ex.co', { firstName: 'Anora', lastName: 'Lindt' }),
  named(3, 'jörg@müller.example', { firstName: 'Jörg', lastName: 'Müller' }),
  named(4, 'jorg@muller.example'),
  named(5, 'a&b@ex.co'),
  named(6, "o'neil@ex.co", { firstName: 'Shaun', lastName: "O'Neil" }),
  named(7, 'john.hummel+signuptest@wallaroo.ai'),
  named(8, 'a_b@ex.co'),
  named(9, 'axb@ex.co'),
  plainUser(10, { id: 'id-10', username: '_mia', email: 'mia@ex.co', firstName: 'Mia', lastName: 'Berg' }),
  plainUser(11, { id: 'id-11', username: 'mia.lang.co', email: undefined }),
  plainUser(12, { id: 'id-12', username: '"quoted"', email: undefined }),
  plainUser(13, {
    id: 'id-13',
    username: 'x',
    email: 'x@ex.photography',
    firstName: 'Ana',
    lastName: 'López Núñez',
  }),
  named(14, '李明@例子.公司', { firstName: '明', lastName: '李' }),
];
const known = knownNames(users);

const found = (typed: string) => {
  const who = parseWho(typed);
  const result = who.kind === 'text' ? atOnce(findWho(who.readings[0] ?? '', users)) : undefined;
  return result?.kind === 'one' ? result.user : result?.kind;
};

const aUser = fc.constantFrom(...users);
const aReason = fc.constantFrom(
  '',
  'back from leave',
  'for the Q4 launch',
  'as <@U0BEN|ben> said',
  'ask <mailto:boss@ex.co|boss@ex.co>',
);

describe('<who> as people paste it', () => {
  it('is exactly the user of that email, whatever it is wrapped in', () => {
    const cases = aUser
      .filter(({ email }) => email !== undefined)
      .chain((user) => decorated(user.email ?? '').map((typed) => ({ user, typed })));
    fc.assert(
      fc.property(cases, ({ user, typed }) => {
        expect(found(typed)).toEqual(user);
      }),
      { numRuns: 5000 },
    );
  });

  it('is exactly the user of that username, id or whole name, whatever it is wrapped in', () => {
    const cases = aUser.chain((user) => {
      const { firstName, lastName } = user;
      const names = [
        user.username,
        user.id,
        ...(firstName && lastName ? [`${firstName} ${lastName}`, `${lastName}, ${firstName}`] : []),
      ];
      return fc.constantFrom(...names).chain((name) => decorated(name).map((typed) => ({ user, typed })));
    });
    fc.assert(
      fc.property(cases, ({ user, typed }) => {
        expect(found(typed)).toEqual(user);
      }),
      { numRuns: 5000 },
    );
  });

  it.each(['&lt;mailto:a_b@ex.co|a_b@ex.co&gt;', 'mailto:a_b@ex.co|a_b@ex.co', '`a_b@ex.co|a_b`'])(
    'is a link as Slack keeps it, copied as text: %j',
    (typed) => expect(found(typed)).toMatchObject({ email: 'a_b@ex.co' }),
  );

  it('ends where the name ends, and the reason keeps every word', () => {
    const cases = aUser.chain((user) => {
      const names = [
        user.email ?? user.username,
        ...(user.lastName ? [`${user.firstName} ${user.lastName}`] : []),
      ];
      return fc.record({
        user: fc.constant(user),
        typed: fc.constantFrom(...names).chain(decorated),
        reason: aReason,
      });
    });
    fc.assert(
      fc.property(cases, ({ user, typed, reason }) => {
        const taken = takeWho(`${typed} ${reason}`, known);
        expect(found(taken.who ?? '')).toEqual(user);
        expect(taken.rest.trim()).toBe(reason);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['Nora Lind <nora@ex.co>', 'nora@ex.co'],
    ['Nora Lind &lt;<mailto:nora@ex.co|nora@ex.co>&gt;', 'nora@ex.co'],
    ['"Lind, Nora" &lt;<mailto:nora@ex.co|nora@ex.co>&gt;;', 'nora@ex.co'],
    ['Nora Lind (nora@ex.co)', 'nora@ex.co'],
    ['nora@ex.co <nora@ex.co>', 'nora@ex.co'],
    ['“Nora Lind <nora@ex.co>”', 'nora@ex.co'],
    ['a&amp;<mailto:b@ex.co|b@ex.co>', 'a&b@ex.co'],
    ['jörg@<http://müller.example|müller.example>', 'jörg@müller.example'],
    ['<mailto:j%C3%B6rg@m%C3%BCller.example|jörg@müller.example>', 'jörg@müller.example'],
    ['o’neil@ex.co', "o'neil@ex.co"],
    ['nora＠ex．co', 'nora@ex.co'],
    ['ＮＯＲＡ@ex.co', 'nora@ex.co'],
    ['- nora@ex.co', 'nora@ex.co'],
    ['&gt; <mailto:nora@ex.co|nora@ex.co>', 'nora@ex.co'],
    ['1) nora@ex.co', 'nora@ex.co'],
    ['| nora@ex.co |', 'nora@ex.co'],
    ['E-mail: nora@ex.co', 'nora@ex.co'],
    ['user=nora@ex.co', 'nora@ex.co'],
    ['for nora@ex.co please', 'nora@ex.co'],
    ["nora@ex.co's", 'nora@ex.co'],
    ['Nora Lind – nora@ex.co', 'nora@ex.co'],
    ['• Nora Lind', 'nora@ex.co'],
    ['the account of Nora Lind', 'nora@ex.co'],
  ])('finds by %j', (typed, email) => expect(found(typed)).toMatchObject({ email }));

  it.each([
    ['<http://mia.lang.co|mia.lang.co>', 'mia.lang.co'],
    ['_mia', '_mia'],
    ['"quoted"', '"quoted"'],
    ['"_mia"', '_mia'],
    ['lopez', 'x'],
    ['LÓPEZ nunez', 'x'],
    ['Nunez', 'x'],
    ['mueller', 'jörg@müller.example'],
    ['李', '李明@例子.公司'],
  ])('finds by %j the username %j', (typed, username) => {
    expect(found(typed)).toMatchObject({ username });
  });

  it('a part counts from the start of a word, or from three letters on', () => {
    expect(found('li')).toBe('several');
    expect(found('hu')).toMatchObject({ username: 'john.hummel+signuptest@wallaroo.ai' });
    expect(found('um')).toBe('none');
    expect(found('umm')).toMatchObject({ username: 'john.hummel+signuptest@wallaroo.ai' });
  });

  it('an email with an accent is not the one without', () => {
    expect(found('jorg@muller.example')).toMatchObject({ id: 'id-4' });
    expect(found('jörg@müller.example')).toMatchObject({ id: 'id-3' });
  });

  it('the nearest to a mistyped email with an invisible character is the right one', () => {
    const result = atOnce(findWho('\u200bnoar@ex.co', users));
    expect(result.kind === 'none' ? result.nearest[0]?.email : result.kind).toBe('nora@ex.co');
  });

  it.each([
    ['<@U0STEVE|steve>', 'U0STEVE'],
    ['`<@W0STEVE|Steve, Novak>`.', 'W0STEVE'],
    ['“<@U0STEVE>”,', 'U0STEVE'],
    ['*<@U0STEVE>*', 'U0STEVE'],
    ['&lt;<@U0STEVE>&gt;', 'U0STEVE'],
    ['\u200b<@U0STEVE>\u200b', 'U0STEVE'],
    ['- <@U0STEVE|mia>', 'U0STEVE'],
    ['the user <@U0STEVE|mia>', 'U0STEVE'],
    ["<@U0STEVE|mia>'s", 'U0STEVE'],
    ['for <@U0STEVE|mia>, please', 'U0STEVE'],
  ])('a mention is one in any wrapping: %j', (typed, slackUserId) =>
    expect(parseWho(typed)).toEqual({ kind: 'slack', slackUserId }),
  );

  it.each(['me', 'ME', '`me`', 'myself', 'my', 'my account', '“my own account”.'])(
    '%j is the caller',
    (typed) => expect(parseWho(typed)).toEqual({ kind: 'me' }),
  );

  it.each([
    ['<!subteam^S0ADMINS|@admins>', 'group of people'],
    ['<!subteam^S0ADMINS>', 'That is a group of people'],
    ['<#C0SECRET|>', 'That is a channel'],
    ['<#C0SECRET>', 'That is a channel'],
    ['<!here>', 'group of people'],
    ['<#C0GENERAL|general>', 'channel'],
  ])('%j is said to be nobody', (typed, words) =>
    expect(parseWho(typed)).toEqual({ kind: 'nobody', sentence: expect.stringContaining(words) }),
  );
});

describe('several who are named', () => {
  it.each([
    ['<mailto:a@ex.co|a@ex.co> <mailto:b@ex.co|b@ex.co>', 2],
    ['a@ex.co,b@ex.co', 2],
    ['a@ex.co, b@ex.co; c@ex.co', 3],
    ['a@ex.co and b@ex.co', 2],
    ['<mailto:a@ex.co|a@ex.co> &amp; <@U0BEN|ben>', 2],
    ['<@U0ADA><@U0BEN>', 1],
    ['Nora Lind &lt;<mailto:nora@ex.co|nora@ex.co>&gt;, Mia Berg &lt;<mailto:mia@ex.co|mia@ex.co>&gt;', 2],
    ['nora@ex.co because <mailto:b@ex.co|b@ex.co> said so', 1],
    ['nora@ex.co <mailto:b@ex.co|b@ex.co> said so', 2],
    ['Nora nora@ex.co', 1],
    ['nora ask <boss@ex.co>', 1],
    ['nora@ex.co, thanks', 1],
    ['nora@ex.co|mia@ex.co', 2],
    ['nora@ex.co/mia@ex.co', 2],
    ['nora@ex.co|nora@ex.co', 1],
    ['nora@ex.co | mia@ex.co', 2],
    ['<mailto:nora@ex.co|nora@ex.co>/<mailto:mia@ex.co|mia@ex.co>', 2],
    ['nora@ex.co|nora', 1],
  ])('%j names %i', (typed, n) => {
    const { rest } = takeWho(typed, known);
    expect(takeFurther(rest, known).length + 1).toBe(n);
  });
});

describe('words before a name', () => {
  it.each([
    ['the user nora@ex.co has left', 'nora@ex.co', ' has left'],
    ['user <mailto:nora@ex.co|nora@ex.co> has left', '<mailto:nora@ex.co|nora@ex.co>', ' has left'],
    ['the account of Nora Lind for 7 days', 'Nora Lind', ' for 7 days'],
    ['user nora', 'nora', ''],
    ['user <@U0BEN> of ours', '<@U0BEN>', ' of ours'],
    ['the user', 'user', ''],
    ['email: nora@ex.co has left', 'nora@ex.co', ' has left'],
    ['please nora@ex.co', 'nora@ex.co', ''],
    ['user', 'user', ''],
  ])('are no name: %j', (typed, who, rest) => {
    expect(takeWho(typed, known)).toEqual({ who, rest });
  });

  it('are one where somebody is called that', () => {
    const called = knownNames([plainUser(1, { id: 'id-1', username: 'user', email: undefined })]);
    expect(takeWho('user has left', called)).toEqual({ who: 'user', rest: ' has left' });
  });
});

it('no text crashes, and every word of it is in the name or in the rest', () => {
  fc.assert(
    fc.property(anyText(300), (text) => {
      const { who = '', rest } = takeWho(text, known);
      const words = (value: string) => plainText(value).match(/[\p{L}\p{N}]+/gu) ?? [];
      fc.pre(!/\b(?:the|users?|accounts?|of)\b/i.test(text));
      expect([...words(who), ...words(rest)].join('')).toBe(words(text).join(''));
      parseWho(text);
      takeFurther(rest, known);
    }),
    { numRuns: 2000 },
  );
});

describe('emails', () => {
  it.each([
    'nora@ex.co',
    'jörg@müller.example',
    'a&b@ex.co',
    "o'neil@ex.co",
    'john.hummel+signuptest@wallaroo.ai',
    'x@ex.photography',
    '李明@例子.公司',
    'a_b@sub.domain.ex.co',
    '_nora@ex.co',
    'Dana.Mixed@Ex.co',
    'x@ex.xn--p1ai',
  ])('%j is one', (text) => expect(emailFault(text)).toBeUndefined());

  it.each([
    '',
    'nora',
    '@ex.co',
    'nora@',
    'nora@localhost',
    '.nora@ex.co',
    'no..ra@ex.co',
    'nora@ex..co',
    'nora@-ex.co',
    'nora@ex.co.',
    'no ra@ex.co',
    'nora@a@ex.co',
    'nora@1.2.3.4',
    'nora@[1.2.3.4]',
    '"no ra"@ex.co',
    'nora@ex.123',
    `${'n'.repeat(65)}@ex.co`,
    `nora@${'ex.'.repeat(90)}co`,
    'nora@ex.co,',
    '<nora@ex.co>',
    'nora@ex.co\n',
  ])('%j is none', (text) => expect(emailFault(text)).toMatch(/\.$/));

  it('is told of any text without a crash', () => {
    fc.assert(
      fc.property(anyText(400), (text) => {
        if (isEmail(text)) expect(text).toMatch(/^\S+@\S+\.\S+$/u);
      }),
    );
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(isEmail(email)).toBe(true);
      }),
    );
  });
});
