import { expect, test } from 'vitest';
import { button, plain, refusal, section, slackFor, socketApp, webClient } from './support.ts';

const actions = (...elements: readonly object[]) => ({
  type: 'actions' as const,
  elements: elements as never[],
});
const option = (text: string) => ({ text: plain(text), value: `value of ${text}` });
const row = (email: string) =>
  section(`*${email}*`, {
    accessory: { type: 'overflow', action_id: 'menu', options: [option('View'), option('Deactivate…')] },
  });

async function posted(blocks: readonly object[], answer?: object) {
  const slack = await slackFor();
  await socketApp(slack, (app) =>
    app.action(/./, async ({ ack, respond }) => {
      await ack();
      if (answer !== undefined) await respond(answer as never);
    }),
  );
  const { chat } = webClient(slack);
  const { ts } = await chat.postMessage({ channel: 'C0LICENSE', text: 'A list', blocks: blocks as never });
  const ada = slack.as('U0ADA');
  const [message] = ada.messages('C0LICENSE');
  if (message === undefined) throw new Error('nothing was posted');
  const last = () => slack.traffic.of('envelope').at(-1)?.payload;
  return { slack, ada, message, chat, ts: String(ts), last };
}

test('a pressed button is sent with the message, the channel and who pressed', async () => {
  const { ada, message, ts, last } = await posted([section('Go?'), actions(button('Go', { value: '7' }))]);
  await ada.press(message, 'Go');
  expect(last()).toMatchObject({
    type: 'block_actions',
    user: { id: 'U0ADA', username: 'ada', team_id: 'T0WALLAROO' },
    api_app_id: 'A0WALLAROO',
    container: { type: 'message', message_ts: ts, channel_id: 'C0LICENSE', is_ephemeral: false },
    channel: { id: 'C0LICENSE', name: 'wallaroo-license' },
    message: {
      ts,
      user: 'U0BOT',
      bot_id: 'B0BOT',
      text: 'A list',
      blocks: [{ type: 'section' }, { type: 'actions' }],
    },
    enterprise: null,
    is_enterprise_install: false,
    state: { values: {} },
    trigger_id: expect.any(String),
    response_url: expect.any(String),
    actions: [
      { type: 'button', action_id: 'press_Go', value: '7', text: plain('Go'), action_ts: expect.any(String) },
    ],
  });
});

test('a menu without a label is found by its row: an address is no part of a longer one', async () => {
  const { ada, message, last } = await posted([row('asteve@ex.co'), row('steve@ex.co')]);
  await ada.press(message, { near: 'steve@ex.co' }, 'Deactivate…');
  const [, second] = message.blocks;
  expect(last()).toMatchObject({
    actions: [{ type: 'overflow', block_id: second?.block_id, selected_option: option('Deactivate…') }],
  });
  await expect(ada.press(message, { near: /steve/ }, 'View')).rejects.toThrow('2 controls fit');
  await ada.press(message, { near: /steve/, index: 0 }, 'View');
  await expect(ada.press(message, { near: 'steve@ex.co' }, 'Delete')).rejects.toMatchObject({
    code: 'not_possible',
  });
});

test('a row of buttons belongs to the text above it', async () => {
  const { ada, message, last } = await posted([
    section('Ada'),
    actions(button('Keep', { value: 'ada' })),
    section('Ben'),
    actions(button('Keep', { value: 'ben' })),
  ]);
  await ada.press(message, { label: 'Keep', near: 'Ben' });
  expect(last()).toMatchObject({ actions: [{ value: 'ben' }] });
});

test('a choice is kept as the message state, and comes with the next press', async () => {
  const select = {
    type: 'static_select',
    action_id: 'pick',
    placeholder: plain('Pick'),
    options: [option('A')],
  };
  const { ada, message, last } = await posted([{ ...actions(select, button('Go')), block_id: 'both' }]);
  await ada.press(message, 'Pick', 'A');
  await ada.press(message, 'Go');
  expect(last()).toMatchObject({ state: { values: { both: { pick: { selected_option: option('A') } } } } });
});

test('a control that asks first is pressed only when confirmed', async () => {
  const confirm = {
    title: plain('Sure?'),
    text: plain('It is final.'),
    confirm: plain('Yes'),
    deny: plain('No'),
  };
  const { ada, message, slack } = await posted([actions(button('Delete', { confirm }))]);
  await expect(ada.press(message, 'Delete')).rejects.toThrow('Sure?: It is final.');
  expect(slack.traffic.of('envelope')).toEqual([]);
  await ada.press(message, 'Delete', { confirmed: true });
  expect(slack.traffic.of('envelope')).toHaveLength(1);
});

test('a redrawn button is gone, but was pressed by somebody who saw it a moment before', async () => {
  const { ada, message, chat, ts, last } = await posted([actions(button('Approve', { value: '1' }))]);
  await chat.update({ channel: 'C0LICENSE', ts, text: 'Approved' });
  await expect(ada.press(message, 'Approve')).rejects.toThrow('no control fits');
  await ada.press(message, 'Approve', { asSeen: true });
  expect(last()).toMatchObject({ actions: [{ value: '1' }], message: { ts, text: 'Approved' } });
});

test('who does not see a message cannot press it; guests and strangers in the channel can', async () => {
  const { slack, message } = await posted([actions(button('Go'))]);
  await slack.as('U0GIA').press(message, 'Go');
  for (const who of ['U0GUS', 'U0XENO', 'U0GONE'])
    await expect(slack.as(who).press(message, 'Go')).rejects.toMatchObject({ code: 'not_possible' });
});

test("a stranger's press carries the stranger's own team", async () => {
  const { slack, chat, last } = await posted([section('x')]);
  await chat.postMessage({ channel: 'C0SHARED', text: 'x', blocks: [actions(button('Go'))] });
  const [message] = slack.as('U0XENO').messages('C0SHARED');
  if (message !== undefined) await slack.as('U0XENO').press(message, 'Go');
  expect(last()).toMatchObject({ user: { id: 'U0XENO', team_id: 'T0OTHER' }, team: { id: 'T0WALLAROO' } });
});

test('an ephemeral message is for one person, and its press names no message', async () => {
  const { slack, ada, chat, last } = await posted([section('x')], { text: 'done', replace_original: true });
  await chat.postEphemeral({
    channel: 'C0LICENSE',
    user: 'U0ADA',
    text: 'psst',
    blocks: [actions(button('Go'))],
  });
  expect(slack.as('U0BEN').messages('C0LICENSE')).toHaveLength(1);
  const secret = ada.messages('C0LICENSE')[1];
  if (secret === undefined) throw new Error('nothing was posted');
  expect(secret.isEphemeral).toBe(true);
  await ada.press(secret, 'Go');
  expect(last()).toMatchObject({ container: { is_ephemeral: true, message_ts: secret.ts } });
  expect(last()).not.toHaveProperty('message');
  await slack.until(() => ada.messages('C0LICENSE')[1]?.text === 'done');
  const outside = chat.postEphemeral({ channel: 'C0LICENSE', user: 'U0GUS', text: 'psst' });
  expect(await refusal(outside)).toBe('user_not_in_channel');
  expect(await refusal(chat.update({ channel: 'C0LICENSE', ts: secret.ts, text: 'x' }))).toBe(
    'message_not_found',
  );
});

test('a hand-made payload travels as it is', async () => {
  const { slack, ada, message, last } = await posted([actions(button('Go'))]);
  await ada.press(message, 'Go');
  const forged = { ...last(), user: { id: 'U0MIA', username: 'mia', name: 'mia', team_id: 'T0WALLAROO' } };
  expect((await slack.deliver(forged)).ms).toBeLessThan(3000);
  expect(last()).toEqual(forged);
});

test('waiting in vain ends with what there is to read', async () => {
  const { slack } = await posted([section('Hello *there*'), actions(button('Go'))]);
  const waiting = slack.until(() => undefined, 10);
  await expect(waiting).rejects.toThrow(/Hello there\n\[Go\][\s\S]*call chat.postMessage -> 200/);
});
