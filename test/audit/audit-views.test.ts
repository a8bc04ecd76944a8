import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../sandbox/slack/block-kit/validate.ts';
import type { AuditFilter } from '../../src/audit/audit-query.ts';
import { trailMessage } from '../../src/audit/audit-views.ts';
import { rowsOf } from '../../src/audit/trail-rows.ts';
import type { StoredAudit } from '../../src/db/read-audit.ts';
import { type Message, sizeOf } from '../../src/slack/blocks.ts';
import { anyText } from '../support/any-data.ts';
import { anyEntry, plainEntry } from './support.ts';

const drawn = (filter: AuditFilter, entries: readonly StoredAudit[], hasOlder = false): Message =>
  trailMessage({
    filter,
    rows: entries.flatMap((entry) => rowsOf(entry)),
    hasOlder,
    nameOf: ({ userId }) => (userId === 'a' ? 'Ann Lee' : undefined),
  });

const jsonOf = (message: object): string => JSON.stringify(message);

describe('trailMessage', () => {
  it('tells when, who, whom, before and after, outcome and reason', () => {
    const entry = plainEntry(1, { requester: 'U0MIA' });
    const text = jsonOf(drawn({}, [entry]));
    for (const part of [
      'Applied',
      '<!date^1793520060^',
      '<@U0ADA>',
      'asked by <@U0MIA>',
      '`user1@ex.co`',
      'inactive → active',
      'Activated. Reason: starts on Monday',
    ])
      expect(text).toContain(part);
  });

  it('has a row for each user, and of many entries as many as fit', () => {
    const swap = (n: number) =>
      plainEntry(n, {
        subjects: [
          { userId: 'a', label: 'ann@ex.co' },
          { userId: 'b', label: 'bob@ex.co' },
        ],
        before: 'active, inactive',
        after: 'inactive, active',
      });
    const one = jsonOf(drawn({}, [swap(1)]));
    expect(one).toContain('*`Ann Lee`* `ann@ex.co` · active → inactive · 1 of 2');
    expect(one).toContain('`bob@ex.co` · inactive → active');
    const entries = [plainEntry(101), ...Array.from({ length: 20 }, (_, n) => swap(100 - n))];
    const many = drawn({}, entries);
    expect(validateMessage(many)).toBeUndefined();
    // The next page begins behind the last row that is shown, which is the first of two.
    expect(jsonOf(many)).toContain('\\"beforeSeq\\":90,\\"shown\\":{\\"seq\\":89,\\"rows\\":1}');
  });

  it.each([
    ['outside', 'outside Slack'],
    ['system', 'the bot'],
  ])('says for %s who did it in words', (actor, words) => {
    const entries = [plainEntry(1, { actor, requester: undefined })];
    expect(jsonOf(drawn({}, entries))).toContain(words);
  });

  it('offers older entries only where there are some, the newest only away from them, and always the export', () => {
    const texts = (filter: object, hasOlder: boolean) =>
      [
        ...jsonOf(drawn(filter, [plainEntry(7)], hasOlder)).matchAll(/"text":"(Older|Newest|Export CSV)"/g),
      ].map(([, text]) => text);
    expect(texts({}, false)).toEqual(['Export CSV']);
    expect(texts({}, true)).toEqual(['Older', 'Export CSV']);
    expect(texts({ beforeSeq: 9 }, true)).toEqual(['Older', 'Newest', 'Export CSV']);
  });

  it('says plainly that nothing matches, and what was looked for', () => {
    const none = (filter: object) => drawn(filter, []).text;
    expect(none({})).toBe('No changes yet.');
    expect(none({ text: 'zoe', sinceMs: 0 })).toMatch(/^No changes for `zoe` since <!date\^0\^/);
    expect(none({ slackUserId: 'U0ADA', text: 'ada@ex.co' })).toContain('for <@U0ADA>');
  });

  it('is within the limits of Slack for any data, and no data becomes a mention, a link or markup', () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { minLength: 0, maxLength: 10 }),
        fc.option(anyText(254), { nil: undefined }),
        fc.boolean(),
        (entries, text, hasOlder) => {
          const message = drawn({ text: text?.slice(0, 254), beforeSeq: 5 }, entries, hasOlder);
          expect(validateMessage(message)).toBeUndefined();
          expect(sizeOf(message.blocks)).toBeLessThanOrEqual(12_500);
          expect(markupOf(message)).not.toMatch(/<(?!@[UW]0\w+>|!date\^)/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** All mrkdwn of a message without its code spans: what Slack reads as markup. */
function markupOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(markupOf).join('\n');
  if (value === null || typeof value !== 'object') return '';
  const { type, text } = value as { type?: unknown; text?: unknown };
  if (type === 'mrkdwn' && typeof text === 'string') return text.replace(/`[^`]*`/g, '');
  return Object.values(value).map(markupOf).join('\n');
}
