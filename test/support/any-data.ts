import fc from 'fast-check';
import type { WallarooUser } from '../../src/wallaroo/user.ts';

/** What somebody may have typed to look like a mention, a link, markup, or to hide and reorder text. */
const TRICKS = [
  '<!channel>',
  '<@U0ADA>',
  '<https://evil.example|click>',
  '*bold* _it_ ~st~ `code` ```block```',
  ':rotating_light:',
  '&lt;!here&gt;',
  '\u202egnirts\u202c',
  '\u0000\u001b[31m',
  '\ud800',
  'line\nbreak\r\n\ttab',
  '=HYPERLINK("https://evil.example")',
];

/** Any text: empty, long, of any script, with lone surrogates, or made to trick. */
export const anyText = (maxLength = 4000): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength }),
    fc.string({ unit: 'grapheme', maxLength }),
    fc.constantFrom(...TRICKS),
    fc
      .tuple(fc.constantFrom(...TRICKS, '&', '<', '`'), fc.nat({ max: 500 }))
      .map(([trick, n]) => trick.repeat(n)),
  );

const anyMs = fc.integer({ min: 0, max: Date.parse('2100-01-01') });

/** A user as the platform may have them, with any data. */
export const anyUser: fc.Arbitrary<WallarooUser> = fc.record({
  id: fc.uuid(),
  username: anyText(300),
  email: fc.option(anyText(300), { nil: undefined }),
  emailVerified: fc.option(fc.boolean(), { nil: undefined }),
  firstName: fc.option(anyText(300), { nil: undefined }),
  lastName: fc.option(anyText(300), { nil: undefined }),
  enabled: fc.boolean(),
  createdMs: fc.option(anyMs, { nil: undefined }),
  lastSignInMs: fc.oneof(anyMs, fc.constant(null), fc.constant(undefined)),
  realmRoles: fc.option(fc.array(anyText(100), { maxLength: 5 }), { nil: undefined }),
  requiredActions: fc.array(anyText(100), { maxLength: 3 }),
});

/** `n` users made of a few, for counts that no generator should draw one by one. */
export const manyUsers = (n: number, from: readonly WallarooUser[]): readonly WallarooUser[] =>
  Array.from({ length: n }, (_, at) => ({ ...(from[at % from.length] ?? plainUser(at)), id: `user-${at}` }));

/** A user without anything special. */
export const plainUser = (n: number, over: Partial<WallarooUser> = {}): WallarooUser => ({
  id: `user-${n}`,
  username: `user${n}@ex.co`,
  email: `user${n}@ex.co`,
  emailVerified: true,
  firstName: undefined,
  lastName: undefined,
  enabled: true,
  createdMs: Date.parse('2026-01-01T00:00:00Z'),
  lastSignInMs: Date.parse('2026-10-01T08:00:00Z'),
  realmRoles: [],
  requiredActions: [],
  ...over,
});
