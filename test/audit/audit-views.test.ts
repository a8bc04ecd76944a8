import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../sandbox/slack/block-kit/validate.ts';
import { trailMessage } from '../../src/audit/audit-views.ts';
import { sizeOf } from '../../src/slack/blocks.ts';
import { anyText } from '../support/any-data.ts';
import { anyEntry, plainEntry } from './support.ts';

const jsonOf = (message: object): string => JSON.stringify(message);

describe('trailMessage', () => {
  it('tells when, who, whom, before and after, outcome and reason', () => {
    const entry = plainEntry(1, { requester: 'U0MIA' });
    const drawn = jsonOf(trailMessage({ filter: {}, entries: [entry], hasOlder: false }));
    for (const part of [
      'Applied',
      '<!date^1793520060^',
      '<@U0ADA>',
      'asked by <@U0MIA>',
      '`user1@ex.co`',
      'inactive → active',
      'Activated. Reason: starts on Monday',
    ])
      expect(drawn).toContain(part);
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
    const one = jsonOf(trailMessage({ filter: {}, entries: [swap(1)], hasOlder: false }));
    expect(one).toContain('`ann@ex.co` · active → inactive');
    expect(one).toContain('`bob@ex.co` · inactive → active');
    const entries = Array.from({ length: 20 }, (_, n) => swap(100 - n));
    const many = trailMessage({ filter: {}, entries, hasOlder: false });
    expect(validateMessage(many)).toBeUndefined();
    // The next page begins behind the last that is shown.
    expect(jsonOf(many)).toContain('\\"beforeSeq\\":90');
  });

  it.each([
    ['outside', 'outside Slack'],
    ['system', 'the bot'],
  ])('says for %s who did it in words', (actor, words) => {
    const entries = [plainEntry(1, { actor, requester: undefined })];
    expect(jsonOf(trailMessage({ filter: {}, entries, hasOlder: false }))).toContain(words);
  });

  it('offers older entries only where there are some, the newest only away from them, and always the export', () => {
    const texts = (filter: object, hasOlder: boolean) =>
      [
        ...jsonOf(trailMessage({ filter, entries: [plainEntry(7)], hasOlder })).matchAll(
          /"text":"(Older|Newest|Export CSV)"/g,
        ),
      ].map(([, text]) => text);
    expect(texts({}, false)).toEqual(['Export CSV']);
    expect(texts({}, true)).toEqual(['Older', 'Export CSV']);
    expect(texts({ beforeSeq: 9 }, true)).toEqual(['Older', 'Newest', 'Export CSV']);
  });

  it('says plainly that nothing matches, and what was looked for', () => {
    const none = (filter: object) => trailMessage({ filter, entries: [], hasOlder: false }).text;
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
          const message = trailMessage({
            filter: { text: text?.slice(0, 254), beforeSeq: 5 },
            entries,
            hasOlder,
          });
          expect(validateMessage(message)).toBeUndefined();
          expect(sizeOf(message.blocks)).toBeLessThan(40_000);
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
