import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validateMessage } from '../../sandbox/slack/block-kit/validate.ts';
import { actions, button, section } from '../../src/slack/blocks.ts';
import { code } from '../../src/slack/mrkdwn.ts';
import type { OwnFacts } from '../../src/users/me.ts';
import { meMessage } from '../../src/users/me-views.ts';
import { anyText, plainUser } from '../support/any-data.ts';

const facts: OwnFacts = {
  own: { kind: 'one', user: plainUser(1) },
  administrator: false,
  takesSeat: true,
  until: undefined,
  ends: new Map(),
  workspaces: [],
  waiting: undefined,
  administrators: '<@U0ADA>',
  wallarooUrl: 'https://wallaroo.example',
};

it('is a message that Slack takes, with as many requests as it holds and the rest counted', () => {
  const some = fc.record({ shown: fc.nat({ max: 12 }), more: fc.nat({ max: 9 }) });
  fc.assert(
    fc.property(some, some, anyText(2900), fc.constantFrom(1, 3), (waits, ended, text, sections) => {
      const rowsOf = (label: string, n: number) =>
        Array.from({ length: n }, () => [
          ...Array.from({ length: sections }, () => section(code(text, 2500))),
          actions(button({ text: label, actionId: 'change_cancel', value: 'C-1' })),
        ]);
      const message = meMessage(facts, {
        pending: { total: waits.shown + waits.more, rows: rowsOf('Withdraw', waits.shown) },
        lost: { total: ended.shown + ended.more, rows: rowsOf('Request again', ended.shown) },
      });
      expect(validateMessage(message)).toBeUndefined();
      const drawn = JSON.stringify(message.blocks);
      const counted = (words: RegExp, label: string) =>
        Number(words.exec(drawn)?.[1] ?? 0) + drawn.split(`"text":"${label}"`).length - 1;
      expect(counted(/and (\d+) more waiting/, 'Withdraw')).toBe(waits.shown + waits.more);
      expect(counted(/and (\d+) more from earlier/, 'Request again')).toBe(ended.shown + ended.more);
    }),
    { numRuns: 200 },
  );
});
