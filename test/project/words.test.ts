import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

// Words that read translated, or that the bot once used for something that it now says in another way. Whatever people
// read has none of them: messages, lines of the log, comments, README, docs, manifest.

const root = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path));

const read = [
  ...filesUnder('src', '.ts'),
  ...filesUnder('docs', '.md'),
  'README.md',
  'manifest.yml',
  '.env.example',
  'sandbox/demo.ts',
];

/** What no longer appears, with what to write instead. */
const gone: readonly (readonly [RegExp, string])[] = [
  [/\bwho(?:m)?ever\b/i, 'name the doer: the requester, the administrators'],
  [/\bby itself\b/i, 'automatically, or name the doer'],
  [/\banew\b/i, 'again'],
  [/\ball the same\b/i, 'still'],
  [/\blapse[sd]?\b/i, 'expires'],
  [/\bshall\b/i, 'is to, should'],
  [/\bis (?:tried|asked) again\b|\bit comes again\b/i, 'Retrying automatically; trying again later'],
  [/\bthe end is near\b/i, 'Reminder: access ends …'],
  [/\bcan be, idle longest first/i, '… possible, longest idle first'],
  [/\*exchange\* [^\n]* for /i, 'replace A with B'],
  [/\breason of the denial\b/i, 'Why'],
  [/\bnothing found\b|\bthe trail holds no/i, 'No changes for …'],
  [/\bis (?:in)?active already\b/i, '… is already active'],
  [/\baccounts? cannot work\b|\bcannot work as (?:it is|they are)\b/i, 'Uploads may fail: …'],
  [/\bReport (?:`|[0-9A-Z]{6}\b)/, 'Reference …, for the people who run this bot'],
  [/\bcarried out for\b/i, 'applied'],
];

it.each(filesUnder('src', '.ts'))('%s puts no emoji before what it says', (path) => {
  // Slack: block-kit/designing-with-block-kit. Emoji stand at the end of a line, not as bullets.
  expect(textOf(path).match(/(?:['`]|\\n):[a-z]+(?:_[a-z]+)*: .*/g) ?? []).toEqual([]);
});

it.each(read)('%s is written as a colleague would say it', (path) => {
  const text = textOf(path);
  const found = gone.flatMap(([words, instead]) => {
    const [bad] = words.exec(text) ?? [];
    return bad === undefined ? [] : [`"${bad}": ${instead}`];
  });
  expect(found).toEqual([]);
});
