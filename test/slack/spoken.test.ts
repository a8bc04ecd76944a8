import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actions, button, context, header, quote, section } from '../../src/slack/blocks.ts';
import { code, dateTime, mention } from '../../src/slack/mrkdwn.ts';
import { withRewritableText, withWholeText } from '../../src/slack/spoken.ts';
import { unspoken } from '../support/unspoken.ts';

const name = fc.string({ unit: 'binary', maxLength: 30 });
const phrase = fc.oneof(
  name.map((it) => `${code(it)} is now *active*.`),
  fc.nat(20).map((seats) => `Seats: ${seats} of 20`),
  fc.constantFrom('U0ADA', 'U0BEN').map((id) => `approved by ${mention(id)}`),
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => `until ${dateTime(at)}`),
);
const boxes = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).map(
  (names): KnownBlock =>
    actions({
      type: 'checkboxes',
      action_id: 'boxes',
      options: names.map((it, index) => ({ text: { type: 'mrkdwn', text: code(it) }, value: String(index) })),
    }),
);
const block: fc.Arbitrary<KnownBlock> = fc.oneof(
  phrase.map((text) => section(text, button({ text: 'Undo', actionId: 'undo' }))),
  phrase.map((text) => context(text)),
  name.map((text) => quote(text)),
  fc.constantFrom('Users', 'Pending requests').map(header),
  boxes,
);

it('a text names every user, person, day and number that the blocks name, and has the words that they quote', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), phrase, (blocks, text) => {
      expect(unspoken(withWholeText({ text, blocks }))).toEqual([]);
    }),
  );
});

it('leaves a text as it is that says all of it', () => {
  const blocks = [header('Done'), section(`${code('mia@ex.co')} is now *active*.`), quote('back again')];
  const text = 'Done: `mia@ex.co` is now active, because: back again';
  expect(withWholeText({ text, blocks }).text).toBe(text);
  expect(withWholeText({ text: 'Done: `mia@ex.co` is now active', blocks }).text).toContain('back again');
});

it('takes no number of another for its own', () => {
  const blocks = [section('Seats: 4 of 5')];
  expect(withWholeText({ text: 'As of 2045', blocks }).text).toBe('Seats: 4 of 5');
});

it('cuts what Slack would not take when the message is rewritten, days first', () => {
  const at = new Date('2026-03-04T10:00:00Z');
  const row = (index: number) => section(`${code(`user${index}@ex.co`)} · ${dateTime(at)}`);
  const short = withRewritableText({
    text: 'x',
    blocks: Array.from({ length: 48 }, (_, index) => row(index)),
  });
  expect(short.text).toContain('`user47@ex.co` · 2026-03-04 10:00 UTC');
  const long = withRewritableText({
    text: 'x',
    blocks: [section('`a` '.repeat(700)), section('`b` '.repeat(700))],
  });
  expect(long.text).toHaveLength(4000);
});
