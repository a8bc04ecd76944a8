import { expect, it } from 'vitest';
import { completionsFor } from '../../../sandbox/page/completion.ts';

const commands = [
  { command: '/wallaroo', description: 'Manage users', usage_hint: '[help | users [words] | user <who>]' },
];
const offered = (typed: string) => completionsFor(typed, commands).map(({ text }) => text);

it.each([
  ['hello', []],
  ['/', ['/wallaroo ']],
  ['/wal', ['/wallaroo ']],
  ['/other', []],
  ['/wallaroo ', ['/wallaroo help', '/wallaroo users ', '/wallaroo user ']],
  ['/wallaroo us', ['/wallaroo users ', '/wallaroo user ']],
  ['/wallaroo users ', []],
  ['/wallaroo help', []],
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
