import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/errors.ts';
import { report, reportMessage } from '../../src/slack/boundary.ts';
import type { Subcommand } from '../../src/slack/command-router.ts';
import { didYouMean } from '../../src/slack/did-you-mean-views.ts';
import { readMemory, writeMemory } from '../../src/slack/form-memory.ts';
import { code, cutMrkdwn, dateTime, escapeMrkdwn, marksLast, truncate } from '../../src/slack/mrkdwn.ts';
import { splitWord } from '../../src/slack/typed-command.ts';
import { oneLine } from '../../src/texts/one-line.ts';
import { plainText, quotedName } from '../../src/texts/plain-text.ts';
import { anyText } from '../support/any-data.ts';
import { anyMarkedText, expectHarmlessMessage } from '../support/harmless.ts';

const subcommands: readonly Subcommand[] = ['users', 'user', 'license', 'activate', 'help'].map((name) => ({
  name,
  usage: name,
  about: name,
  needs: 'anyone',
  answer: 'message',
  run: async () => undefined,
}));

it('marks of how something went stand at the end of a line, each once, and data keeps its own', () => {
  expect(marksLast('`:x: a` failed. :x: `b` is back. :warning: It is. :x:')).toBe(
    '`:x: a` failed. `b` is back. It is. :x: :warning:',
  );
  expect(marksLast('Nothing to mark.')).toBe('Nothing to mark.');
});

describe('texts of people', () => {
  it('stay one harmless code span of a given length', () => {
    fc.assert(
      fc.property(anyText(500), fc.integer({ min: 10, max: 300 }), (text, max) => {
        const shown = code(text, max);
        expect(shown).toMatch(/^`[^`<>\n]+`$/);
        expect(shown.length).toBeLessThanOrEqual(max + 2);
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}]|&(?!amp;|lt;|gt;)/u);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    'می‌خواهم',
    '👩‍👩‍👧 family',
    '❤️ team',
    'two\nlines `code` \u202Eback',
    '*Q4* :tada: <!channel> & co',
    '',
  ])('name %j alike in a sentence that is stored and in one that is drawn at once', (name) =>
    expect(escapeMrkdwn(quotedName(name))).toBe(code(name)),
  );

  it('are cut only between characters, and never grow', () => {
    fc.assert(
      fc.property(anyText(200), fc.integer({ min: 1, max: 100 }), (text, max) => {
        const cut = truncate(oneLine(text), max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('stay in their code spans, and dates and entities whole, wherever a line of them is cut', () => {
    const part = fc.oneof(
      anyText(60).map((text) => code(text)),
      fc.constant(dateTime(new Date('2026-11-26T20:30:00Z'))),
      fc.constantFrom('&amp; co', 'is now', '<@U0ADA>'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), fc.integer({ min: 10, max: 300 }), (parts, max) => {
        const line = parts.join(' ');
        const cut = cutMrkdwn(line, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut === line || cut.length > 0).toBe(true);
        expect(cut.split('`').length % 2).toBe(1);
        expect(cut).not.toMatch(/<[^>]*$|&(?!amp;|lt;|gt;)/);
      }),
      { numRuns: 1000 },
    );
  });

  it('come back from escaping as they were', () => {
    fc.assert(
      fc.property(anyText(300), (text) => {
        expect(plainText(escapeMrkdwn(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['ask <mailto:a@ex.co|a@ex.co> or <@U0BEN|ben>', 'ask a@ex.co or @ben'],
    ['<@U0BEN> in <#C0GENERAL|general>, <!subteam^S0ADMINS|@admins>', '@U0BEN in #general, @admins'],
    ['<https://ex.co/a?b&amp;c> and <http://ex.co|ex.co>', 'https://ex.co/a?b&c and ex.co'],
    ['a &lt;b&gt; c', 'a <b> c'],
    ['<> < |', '<> < |'],
  ])('are read from what Slack makes of them: %j', (sent, typed) => expect(plainText(sent)).toBe(typed));
});

describe('a text that is no subcommand', () => {
  it('is answered harmlessly within the limits, whatever it is', () => {
    fc.assert(
      fc.property(anyMarkedText(3000), (text) =>
        expectHarmlessMessage(didYouMean(text, { subcommands, helpActionId: 'help' })),
      ),
      { numRuns: 500 },
    );
  });

  it('is split into a word and the rest, nothing lost', () => {
    fc.assert(
      fc.property(anyText(200), (text) => {
        const { word, rest } = splitWord(text);
        expect(word).not.toMatch(/\s/);
        expect(text.toLowerCase()).toContain(word);
        expect(text).toContain(rest);
      }),
      { numRuns: 500 },
    );
  });
});

describe('reports', () => {
  it('are harmless whatever went wrong', () => {
    const log = pino({ level: 'silent' });
    fc.assert(
      fc.property(anyText(5000), (text) => {
        const refused = reportMessage(report(new RefusedError(text || 'no'), log));
        expect(JSON.stringify(refused.blocks)).not.toMatch(/[<>]/);
        const unexpected = reportMessage(report(new Error(text), log));
        expectHarmlessMessage(unexpected);
        expect(unexpected.text).toMatch(/^Something went wrong on my side/);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a form's memory", () => {
  it('is read by who opened it, as it was written, and by nobody else or altered', () => {
    fc.assert(
      fc.property(anyText(200), fc.nat(), (text, at) => {
        const target = { userId: 'U0ADA' };
        const data = JSON.parse(JSON.stringify({ text }));
        const written = writeMemory({ openedBy: 'U0ADA', target, data }, 'secret');
        expect(readMemory(written, 'U0ADA', 'secret')).toEqual({ openedBy: 'U0ADA', target, data });
        expect(readMemory(written, 'U0BEN', 'secret')).toBeUndefined();
        expect(readMemory(written, 'U0ADA', 'another')).toBeUndefined();
        const place = at % written.length;
        const altered = `${written.slice(0, place)}~${written.slice(place + 1)}`;
        if (altered !== written) expect(readMemory(altered, 'U0ADA', 'secret')).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
