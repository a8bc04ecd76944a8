import { expect, it } from 'vitest';
import { completionsFor } from '../../../sandbox/page/completion.ts';

const commands = [
  { command: '/wallaroo', description: 'Manage users', usage_hint: '[help | users [words] | user <who>]' },
];
const mentions = [
  { mention: '@ada', about: 'Ada Quist' },
  { mention: '@mia', about: 'Mia Berg' },
  { mention: '@admins', about: 'Everybody in this group' },
  { mention: '#general', about: '' },
];
const offered = (typed: string) => completionsFor(typed, commands, mentions).map(({ text }) => text);

it.each([
  ['hello', []],
  ['/', ['/wallaroo ']],
  ['/wal', ['/wallaroo ']],
  ['/other', []],
  ['/wallaroo ', ['/wallaroo help', '/wallaroo users ', '/wallaroo user ']],
  ['/wallaroo us', ['/wallaroo users ', '/wallaroo user ']],
  ['/wallaroo users ', []],
  ['/wallaroo help', []],
  ['@', ['@ada ', '@mia ', '@admins ']],
  ['/wallaroo user @a', ['/wallaroo user @ada ', '/wallaroo user @admins ']],
  ['/wallaroo user @Be', ['/wallaroo user @mia ']],
  ['hello\n#g', ['hello\n#general ']],
  ['/wallaroo user mia@', []],
  ['@ada ', []],
])('completes "%s"', (typed, texts) => {
  expect(offered(typed)).toEqual(texts);
});

it.each([
  [
    'help | users [active|inactive|all] [words] | swap <who leaves> <who comes> | …',
    ['help', 'users ', 'swap '],
  ],
  ['[users [active|inactive] | audit [who] [since 30d] | digest]', ['users ', 'audit ', 'digest']],
  ['<channel>', []],
  ['[who]', []],
  [undefined, []],
])('reads the subcommands of the hint "%s"', (usage_hint, words) => {
  const completions = completionsFor('/it ', [{ command: '/it', description: '', usage_hint }]);
  expect(completions.map(({ text }) => text)).toEqual(words.map((word) => `/it ${word}`));
});
