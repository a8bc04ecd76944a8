import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../sandbox/slack/block-kit/validate.ts';
import type { Level } from '../../src/license/seats.ts';
import { type Warning, warningMessage } from '../../src/watch/warning-views.ts';

const raisedAt = new Date('2026-11-25T12:00:00Z');
const warning = (level: Level, taken: number, over: Partial<Warning> = {}): Warning => ({
  state: 'live',
  level,
  meter: { kind: 'limited', taken, seats: 5, warnAt: 4 },
  raisedAt,
  changedAt: raisedAt,
  ...over,
});

describe('license warnings', () => {
  it.each([
    ['at the threshold', warning('near', 4), /License nearly full.*4 of 5.*For <@U0ADA>/],
    ['at the limit', warning('full', 5), /License full.*all 5 seats.*5 of 5.*wallaroo swap/],
    ['above the limit', warning('over', 6), /Over the license limit.*6 active users for 5 seats/],
    ['fallen from the limit', warning('full', 4), /nearly full.*4 of 5.*was full <!date.*come free since/],
    [
      'cleared',
      warning('full', 3, { state: 'cleared' }),
      /Seats are free again.*3 of 5.*was full <!date[^>]*>\. Cleared/,
    ],
    [
      'superseded',
      warning('near', 4, { state: 'superseded' }),
      /was nearly full <!date.*see the later warning/,
    ],
    [
      'superseded after it had fallen',
      warning('full', 4, { state: 'superseded' }),
      /was full <[^>]*>\. More seats were taken <!date/,
    ],
  ])('%s reads as it is', (_, given, words) => {
    const message = warningMessage(given, '<@U0ADA>');
    expect(validateMessage(message)).toBeUndefined();
    expect(JSON.stringify(message.blocks)).toMatch(words);
  });
});
