import { expect, test } from 'vitest';
import { type ControlParts, controlApi } from '../../../sandbox/slack/control/control-api.ts';
import type { pageState } from '../../../sandbox/slack/control/page-state.ts';
import { button, input, modal, section, slackFor, socketApp, webClient } from './support.ts';

async function page(parts: ControlParts = {}) {
  const slack = await slackFor();
  const api = controlApi(slack, parts);
  await socketApp(slack, (app) => {
    app.command('/wallaroo', async ({ ack, client, body }) => {
      await ack();
      const blocks = [input('Who', { type: 'external_select', min_query_length: 1 }), input('Reason', text)];
      await client.views.open({ trigger_id: body.trigger_id, view: modal('Form', blocks) });
    });
    app.action(/./, async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'pressed', replace_original: false });
    });
    app.options('entry', async ({ ack }) => ack({ options: [{ text: plainText('Steve'), value: 's' }] }));
    app.view('form', async ({ ack }) => ack({ response_action: 'errors', errors: { reason: 'No' } }));
  });
  const post = async (path: string, body: object) => {
    const reply = await api.request(path, { method: 'POST', body: JSON.stringify(body) });
    return { status: reply.status, body: await reply.json() };
  };
  return {
    slack,
    api,
    post,
    act: (what: object) => post('/act', { as: 'U0ADA', ...what }),
    state: async (as = 'U0ADA') =>
      (await (await api.request(`/state?as=${as}`)).json()) as ReturnType<typeof pageState>,
  };
}

const text = { type: 'plain_text_input' };
const plainText = (it: string) => ({ type: 'plain_text' as const, text: it });

test('shows channels, people, groups and messages as one person sees them', async () => {
  const { slack, state } = await page();
  await webClient(slack).chat.postMessage({
    channel: 'C0APPROVALS',
    text: 'for approvers',
    blocks: [section('x')],
  });
  const seen = await state();
  expect(seen).toMatchObject({
    team: 'Ex Co',
    me: { id: 'U0ADA', name: 'Ada Admin', about: 'Wallaroo admins' },
  });
  expect(seen.channels.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    'channel wallaroo-approvals',
    'channel wallaroo-license',
    'channel general',
    'channel shared-with-other',
    'channel wallaroo-old',
    'channel board-only',
    'app Wallaroo',
  ]);
  expect(seen.messages).toMatchObject([
    {
      channel: 'C0APPROVALS',
      from: { name: 'Wallaroo', isApp: true },
      ephemeral: false,
      text: 'for approvers',
    },
  ]);
  expect((await state('U0XENO')).messages).toEqual([]);
  expect((await state('U0XENO')).channels).toHaveLength(1);
});

test('names every channel that a text may mention, but to strangers no private one', async () => {
  const { state } = await page();
  const named = async (as: string) =>
    Object.fromEntries((await state(as)).names.channels.map(({ id, name }) => [id, name]));
  expect(await named('U0ADA')).toMatchObject({ C0APPROVALS: 'wallaroo-approvals', C0SECRET: 'board-only' });
  expect(await named('U0MIA')).toMatchObject({
    C0APPROVALS: 'wallaroo-approvals',
    C0SECRET: 'private channel',
  });
  expect((await state('U0MIA')).names.users).toContainEqual({ id: 'U0GONE', name: 'Gone Away' });
});

test('calls only a rewritten message without blocks edited, as Slack does', async () => {
  const { slack, state } = await page();
  const { chat } = webClient(slack);
  const [bare, drawn] = [{ text: 'before' }, { text: 'before', blocks: [section('before')] }];
  for (const content of [bare, drawn]) {
    const { ts = '' } = await chat.postMessage({ channel: 'C0LICENSE', ...content });
    await chat.update({ channel: 'C0LICENSE', ts, ...content });
  }
  expect((await state()).messages.map(({ edited }) => edited)).toEqual([true, false]);
});

test('fills in and submits a modal, and shows what is wrong', async () => {
  const { slack, act, state } = await page();
  expect((await act({ do: 'command', channel: 'C0GENERAL', text: '/wallaroo' })).status).toBe(200);
  await slack.until(() => slack.as('U0ADA').modal());
  const viewId = (await state()).modal?.id;
  const place = { on: 'view', viewId };
  const who = { place, control: { blockId: 'who', actionId: 'entry' } };
  const found = await act({ do: 'search', ...who, typed: 's' });
  expect(found.body).toEqual({ options: [{ text: plainText('Steve'), value: 's' }] });
  await act({ do: 'fill', ...who, value: 's' });
  await act({ do: 'fill', place, control: { blockId: 'reason', actionId: 'entry' }, value: 'so' });
  await act({ do: 'submit', viewId });
  expect((await state()).modal).toMatchObject({
    title: 'Form',
    submit: 'Go',
    errors: { reason: 'No' },
    values: { 'who/entry': 's', 'reason/entry': 'so' },
  });
  await act({ do: 'close', viewId });
  expect((await state()).modal).toBeUndefined();
  expect(await act({ do: 'submit', viewId })).toEqual({
    status: 200,
    body: { refused: 'not_possible: this modal is no longer open' },
  });
});

test('presses and chooses on messages; the page has asked what `confirm` asks', async () => {
  const { slack, act, state } = await page();
  const confirm = {
    title: plainText('Sure?'),
    text: plainText('Really?'),
    confirm: plainText('Y'),
    deny: plainText('N'),
  };
  const menu = { type: 'overflow', action_id: 'menu', options: [{ text: plainText('View'), value: 'v' }] };
  const elements = [button('Go', { confirm }), menu] as never[];
  const blocks = [{ type: 'actions' as const, block_id: 'row', elements }];
  const { ts } = await webClient(slack).chat.postMessage({ channel: 'C0LICENSE', text: 'x', blocks });
  const place = { on: 'message', channel: 'C0LICENSE', ts };
  const at = (actionId: string) => ({ place, control: { blockId: 'row', actionId } });
  expect((await act({ do: 'press', ...at('press_Go') })).status).toBe(200);
  expect((await act({ do: 'choose', ...at('menu'), options: [{ value: 'v' }] })).status).toBe(200);
  expect((await act({ do: 'press', ...at('other') })).body).toMatchObject({ refused: expect.any(String) });
  await slack.until(() => slack.as('U0ADA').messages('C0LICENSE').length === 3);
  expect((await state()).messages.at(-1)).toMatchObject({ text: 'pressed', ephemeral: true });
});

test('tells the traffic, the platform lines among it, and switches Slack off and on', async () => {
  const line = {
    id: 'w1',
    at: '2000-01-01T00:00:00.000Z',
    kind: 'platform' as const,
    summary: 'GET /',
    failed: false,
  };
  const { slack, api, act, post } = await page({ moreTraffic: () => [{ ...line, detail: '' }] });
  await act({ do: 'openHome' });
  await act({ do: 'command', channel: 'C0GENERAL', text: '/wallaroo a' });
  await slack.until(() => slack.as('U0ADA').modal());
  const lines = (await (await api.request('/traffic')).json()) as { kind: string; summary: string }[];
  expect(lines[0]).toMatchObject(line);
  expect(lines.map(({ kind, summary }) => `${kind} ${summary}`)).toEqual(
    expect.arrayContaining(['envelope /wallaroo a', 'envelope event app_home_opened', 'web-api views.open']),
  );
  await post('/faults', { down: true });
  expect(slack.faults.down).toBe('unavailable');
  expect((await act({ do: 'command', channel: 'C0GENERAL', text: '/wallaroo' })).body).toEqual({
    refused: 'dispatch_failed: Slack is down',
  });
  await post('/faults', { down: false });
  expect(slack.faults.down).toBeUndefined();
});

test('moves the clock, resets, and refuses what it does not understand', async () => {
  const moved: Date[] = [];
  const moment = new Date('2026-03-02T09:00:00Z');
  const clock = { now: () => moment, moveTo: (to: Date) => void moved.push(to) };
  const { slack, api, post, act } = await page({ clock, nextMoment: () => moment });
  expect(await (await api.request('/clock')).json()).toEqual({ now: moment.toJSON(), next: moment.toJSON() });
  await post('/clock', { to: moment.toJSON() });
  expect(moved).toEqual([moment]);
  await post('/reset', {});
  expect(slack.traffic.entries).toEqual([]);
  expect((await post('/clock', { to: 'soon' })).status).toBe(400);
  expect((await act({ do: 'dance' })).status).toBe(400);
  expect((await post('/act', { as: 'U0NOBODY', do: 'openHome' })).status).toBe(404);
});

test('tells of changes as they happen', async () => {
  const { slack, api } = await page();
  const { body } = await api.request('/events');
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('event: change');
  await webClient(slack).chat.postMessage({ channel: 'C0LICENSE', text: 'x' });
  expect((await reader?.read())?.value).toContain('event: change');
  await reader?.cancel();
});
