import { expect, test } from 'vitest';
import { closeAfter, section, slackFor, socketApp } from './support.ts';

async function answering(answer: (text: string) => object) {
  const slack = await slackFor();
  await socketApp(slack, (app) => {
    app.command('/wallaroo', async ({ ack, respond, body }) => {
      await ack();
      await respond(answer(body.text) as never);
    });
  });
  return slack;
}

test('a command is acknowledged and answered where it was typed, for the one who typed it', async () => {
  const slack = await answering((text) => ({ text: `you said ${text}` }));
  const ada = slack.as('U0ADA');
  const { ms } = await ada.type('#general', '/wallaroo users');
  const answer = await slack.until(() => ada.messages('general')[0]);
  expect(ms).toBeLessThan(3000);
  expect(answer).toMatchObject({ text: 'you said users', from: 'Wallaroo', isEphemeral: true });
  expect(slack.as('U0BEN').messages('general')).toEqual([]);
});

test('an answer in the channel is for everyone there, and for nobody else', async () => {
  const slack = await answering(() => ({
    response_type: 'in_channel',
    blocks: [section('*for* all')],
    text: 'x',
  }));
  await slack.as('U0ADA').type('C0LICENSE', '/wallaroo');
  const seen = (who: string) => slack.as(who).messages('C0LICENSE');
  await slack.until(() => seen('U0BEN').length === 1);
  expect(seen('U0GIA')[0]?.text).toBe('for all');
  expect(seen('U0GUS')).toEqual([]);
  expect(seen('U0XENO')).toEqual([]);
});

test('the payload is flat text, with users, groups, channels, emails and links escaped', async () => {
  const slack = await slackFor();
  await socketApp(slack, (app) => app.command('/wallaroo', async ({ ack }) => ack()));
  const typed = 'user @steve, @wallaroo-admins #general john+x@wallaroo.ai https://a.b/?c&d <b> & @nobody';
  await slack.as('U0MIA').type('general', `/wallaroo   ${typed}`);
  expect(slack.traffic.of('envelope').at(-1)).toMatchObject({
    type: 'slash_commands',
    payload: {
      command: '/wallaroo',
      text: 'user <@U0STEVE|steve>, <!subteam^S0ADMINS|@wallaroo-admins> <#C0GENERAL|general> <mailto:john+x@wallaroo.ai|john+x@wallaroo.ai> <https://a.b/?c&amp;d> &lt;b&gt; &amp; @nobody',
      team_id: 'T0WALLAROO',
      team_domain: 'ex-co',
      channel_id: 'C0GENERAL',
      channel_name: 'general',
      user_id: 'U0MIA',
      user_name: 'mia',
      api_app_id: 'A0WALLAROO',
      is_enterprise_install: 'false',
      response_url: expect.stringContaining(`${slack.url}/actions/T0WALLAROO/`),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    },
  });
});

test('text or a message in the acknowledgement is shown; what Slack refuses is not', async () => {
  const slack = await slackFor();
  const answers = ['plain words', { text: 'a message' }, { blocks: [{ type: 'nonsense' }] }];
  await socketApp(slack, (app) => app.command('/wallaroo', async ({ ack }) => ack(answers.shift() as never)));
  const ada = slack.as('U0ADA');
  await ada.type('dm', '/wallaroo');
  await ada.type('dm', '/wallaroo');
  await expect(ada.type('dm', '/wallaroo')).rejects.toMatchObject({ code: 'invalid_ack' });
  expect(ada.dm().map(({ text }) => text)).toEqual([
    'plain words',
    'a message',
    '/wallaroo failed with the error "invalid_ack"',
  ]);
});

test('an unknown command is refused by Slack itself', async () => {
  const slack = await slackFor();
  const ada = slack.as('U0ADA');
  await expect(ada.type('general', '/walaroo')).rejects.toMatchObject({ code: 'not_possible' });
  expect(ada.messages('general')[0]).toMatchObject({ from: 'Slackbot', isEphemeral: true });
  expect(slack.traffic.of('envelope')).toEqual([]);
});

test.each([
  ['a single-channel guest', 'U0GUS', 'C0APPROVALS'],
  ['a person of another company', 'U0XENO', 'C0SHARED'],
  ['somebody who has left', 'U0GONE', 'C0GENERAL'],
  ['somebody outside the channel', 'U0MIA', 'C0APPROVALS'],
  ['anybody in an archived channel', 'U0ADA', 'C0ARCHIVE'],
])('%s cannot run a command', async (_, who, channel) => {
  const slack = await slackFor();
  await expect(slack.as(who).type(channel, '/wallaroo')).rejects.toMatchObject({ code: 'not_possible' });
  expect(slack.traffic.of('envelope')).toEqual([]);
});

test('a command that nobody acknowledges times out, and the late answer is noted', async () => {
  const slack = await slackFor({ ackLimitMs: 50 });
  let acknowledge = () => {};
  const released = new Promise<void>((resolve) => {
    acknowledge = resolve;
  });
  closeAfter(acknowledge);
  await socketApp(slack, (app) =>
    app.command('/wallaroo', async ({ ack }) => {
      await released;
      await ack();
    }),
  );
  const ada = slack.as('U0ADA');
  await expect(ada.type('dm', '/wallaroo')).rejects.toMatchObject({ code: 'operation_timeout' });
  expect(ada.dm()[0]?.text).toBe('/wallaroo failed with the error "operation_timeout"');
  acknowledge();
  await slack.until(() => slack.traffic.of('warning').some(({ text }) => text.includes('acknowledged late')));
});

test('a command fails at once while the app is not connected', async () => {
  const slack = await slackFor();
  await expect(slack.as('U0ADA').type('dm', '/wallaroo')).rejects.toMatchObject({ code: 'dispatch_failed' });
});

test('a response_url takes five answers within thirty minutes, original included', async () => {
  let offsetMs = 0;
  const slack = await slackFor({ now: () => new Date(Date.now() + offsetMs) });
  await socketApp(slack, (app) => app.command('/wallaroo', async ({ ack }) => ack()));
  const ada = slack.as('U0ADA');
  const post = async (body: object) => {
    const url = String(slack.traffic.of('envelope').at(-1)?.payload.response_url);
    const reply = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: json });
    return `${reply.status} ${((await reply.json()) as { error?: string }).error ?? 'ok'}`;
  };
  const json = { 'content-type': 'application/json' };
  await ada.type('dm', '/wallaroo');
  expect(await post({ text: 'one' })).toBe('200 ok');
  expect(await post({ text: 'one more', replace_original: true })).toBe('200 ok');
  expect(ada.dm().map(({ text }) => text)).toEqual(['one more']);
  expect(await post({ delete_original: true })).toBe('200 ok');
  expect(ada.dm()).toEqual([]);
  expect(await post({ blocks: [] })).toBe('400 no_text');
  expect(await post({ text: 'five' })).toBe('200 ok');
  expect(await post({ text: 'six' })).toBe('404 used_url');
  await ada.type('dm', '/wallaroo');
  offsetMs = 30 * 60 * 1000;
  expect(await post({ text: 'late' })).toBe('404 expired_url');
});
