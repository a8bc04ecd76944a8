import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../support/any-data.ts';
import { marked } from '../support/harmless.ts';
import { LICENSE, people, startWorld } from './world.ts';

const word = fc.constantFrom(
  'users',
  'user',
  'activate',
  'deactivate',
  'swap',
  'invite',
  'license',
  'requests',
  'audit',
  'help',
  'digest',
  'usr',
  '',
);
const who = fc.constantFrom(
  'steve',
  '@steve',
  '@nobody',
  'steve@ex.cx, nora',
  '<@U0MIA>',
  '<@U0NOBODY|x>',
  '<mailto:nora@ex.co|nora@ex.co>',
  '<mailto:|>',
  '<>',
  '"',
  '""',
  'for 7d',
);

/** A subcommand or nearly one, followed by anything; or anything at all. */
const typed = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(word, fc.array(fc.oneof(who, anyText(60)), { maxLength: 4 }))
      .map(([w, rest]) => [w, ...rest].join(' ')),
  },
  { weight: 1, arbitrary: anyText(500) },
);

test('no text typed after /wallaroo crashes or goes unanswered, over 300 of them', async () => {
  const world = await startWorld();
  const { slack } = world;
  // Is among those who are near to much of it: a world looks whether marked data has stood outside of a code span.
  world.wallaroo.state.addUser({ username: marked('*st*eve :tada:'), email: marked('_st_eve@ex.co') });
  const mia = slack.as(people.mia);
  // As Slack would send it, without the sandbox's own reading of mentions: any bytes may come.
  await mia.type(LICENSE, '/wallaroo license');
  const sent = slack.traffic.of('envelope').at(-1)?.payload ?? {};
  await world.bot.settled();
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      const before = slack.traffic.of('response_url').length + slack.traffic.calls('views.open').length;
      await mia.type(LICENSE, `/wallaroo ${text.replace(/[\r\n]/g, ' ')}`);
      await world.bot.settled();
      const { trigger_id, response_url } = slack.traffic.of('envelope').at(-1)?.payload ?? {};
      await slack.deliver({ ...sent, text, trigger_id, response_url }).catch(() => undefined);
      await world.bot.settled();
      const after = slack.traffic.of('response_url').length + slack.traffic.calls('views.open').length;
      expect(after - before, JSON.stringify(text)).toBeGreaterThanOrEqual(1);
      const modal = mia.modal();
      if (modal !== undefined) {
        expect(slack.textOf(modal)).not.toMatch(/^.*\n(Loading…|Working…)/);
        await mia.close('all');
      }
    }),
    { numRuns: 300 },
  );
  expect(slack.traffic.of('unanswered')).toEqual([]);
  const broken = world.logs.filter(({ level }) => Number(level) >= 50);
  expect(broken).toEqual([]);
  const refused = slack.traffic.of('response_url').filter(({ status }) => status !== 200);
  expect(refused.filter(({ answer }) => !/used_url/.test(JSON.stringify(answer)))).toEqual([]);
}, 60_000);
