import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, it } from 'vitest';
import { redact } from '../../src/slack/redact.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));

/** Texts of a file that are sentences, with a word for what is filled in. */
function sentencesIn(path: string): readonly string[] {
  const texts: string[] = [];
  new Visitor({
    Literal: ({ value }) => void (typeof value === 'string' && texts.push(value)),
    TemplateLiteral: ({ quasis }) => void texts.push(quasis.map(({ value }) => value.cooked).join('word')),
  }).visit(parseSync(path, readFileSync(join(src, path), 'utf8')).program);
  return texts.filter((text) => text.split(' ').length > 3);
}

it('no sentence of ours loses a word where secrets are hidden: `password: word` looks like one', () => {
  const sentences = files.flatMap(sentencesIn);
  expect(sentences.length).toBeGreaterThan(1000);
  expect(sentences.filter((text) => redact(text) !== text)).toEqual([]);
});
