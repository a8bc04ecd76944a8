import type { App } from '@slack/bolt';
import { expect, test } from 'vitest';
import type { SlackSandbox } from '../../../sandbox/slack/start-slack.ts';
import { button, input, modal, plain, refusal, section, slackFor, socketApp, webClient } from './support.ts';

const text = { type: 'plain_text_input' };
const reason = input('Reason', text);

/** A Slack with an app that opens this view for a command, and Ada, who has it before her. */
async function opened(view: object, handlers: (app: App) => void = () => {}, slackOptions = {}) {
  const slack = await slackFor(slackOptions);
  await socketApp(slack, (app) => {
    app.command('/wallaroo', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: view as never });
    });
    handlers(app);
  });
  const ada = slack.as('U0ADA');
  await ada.type('general', '/wallaroo');
  await slack.until(() => ada.modal());
  return { slack, ada };
}

const lastTrigger = (slack: SlackSandbox) => String(slack.traffic.of('envelope').at(-1)?.payload.trigger_id);

test('a modal shows its title, text, inputs and buttons', async () => {
  const { ada, slack } = await opened(modal('Deactivate', [section('Are you *sure*?'), reason]));
  expect(ada.modal()).toMatchObject({
    title: 'Deactivate',
    text: 'Are you sure?\nReason',
    submit: 'Go',
    inputs: ['Reason'],
  });
  expect(slack.as('U0BEN').modal()).toBeUndefined();
});

test('plain text is handed back escaped, as Slack does it, and shown as it was meant', async () => {
  const { ada, slack } = await opened(modal('R&D <3 &amp;', [reason]), (app) =>
    app.view(/.*/, async ({ ack }) => ack({ response_action: 'errors', errors: { reason: 'no' } })),
  );
  await ada.fill('Reason', 'R&D');
  await ada.submit().catch(() => undefined);
  const sent = JSON.stringify(slack.traffic.of('envelope').at(-1)?.payload);
  expect(sent).toContain('"text":"R&amp;D &lt;3 &amp;"');
  expect(sent).toContain('"value":"R&D"');
  expect(ada.modal()?.title).toBe('R&D <3 &');
});

test('a trigger opens one view, within three seconds', async () => {
  let offsetMs = 0;
  const { slack } = await opened(modal('One', []), (app) => app.action(/./, async ({ ack }) => ack()), {
    now: () => new Date(Date.now() + offsetMs),
  });
  const { views } = webClient(slack);
  const open = (trigger_id: string, view: object) => refusal(views.open({ trigger_id, view: view as never }));
  expect(await open(lastTrigger(slack), modal('Two', []))).toBe('exchanged_trigger_id');
  expect(await open('1.2.x', modal('Two', []))).toBe('invalid_trigger_id');
  const unused = await freshTrigger(slack);
  offsetMs = 3000;
  expect(await open(unused, modal('Late', []))).toBe('expired_trigger_id');
});

/** A trigger of a message posted now, pressed but used by nobody. */
async function freshTrigger(slack: SlackSandbox): Promise<string> {
  const { chat } = webClient(slack);
  await chat.postMessage({
    channel: 'C0LICENSE',
    text: 'x',
    blocks: [{ type: 'actions', elements: [button('Go')] }],
  });
  const message = slack.as('U0ADA').messages('C0LICENSE').at(-1);
  if (message !== undefined) await slack.as('U0ADA').press(message, 'Go');
  return lastTrigger(slack);
}

test('a view that Slack refuses does not use up the trigger', async () => {
  const slack = await slackFor();
  await socketApp(slack, (app) => app.action(/./, async ({ ack }) => ack()));
  const trigger_id = await freshTrigger(slack);
  const { views } = webClient(slack);
  const long = modal('A title of more than twenty-four characters', []);
  expect(await refusal(views.open({ trigger_id, view: long }))).toBe('invalid_arguments');
  expect(await refusal(views.open({ trigger_id, view: modal('Fine', []) }))).toBe('ok');
});

test('an update keeps what was entered where ids stay, and is refused with a stale hash', async () => {
  const { slack, ada } = await opened(modal('Form', [reason]));
  const { views } = webClient(slack);
  const view_id = String(ada.modal()?.viewId);
  const first = slack.workspace.state.stacks.get('U0ADA')?.[0]?.hash;
  await ada.fill('Reason', 'on leave');
  await views.update({
    view_id,
    ...(first && { hash: first }),
    view: modal('Next', [section('more'), reason]),
  });
  expect(ada.modal()?.title).toBe('Next');
  expect(await refusal(views.update({ view_id, ...(first && { hash: first }), view: modal('No', []) }))).toBe(
    'hash_conflict',
  );
  expect(await refusal(views.update({ view_id: 'V1', view: modal('No', []) }))).toBe('not_found');
  slack.deliverTo({ url: 'http://127.0.0.1:9' });
  await ada.submit().catch(() => {});
  expect(slack.traffic.of('envelope').at(-1)?.payload).toMatchObject({
    type: 'view_submission',
    user: { id: 'U0ADA', username: 'ada', name: 'ada', team_id: 'T0WALLAROO' },
    team: { id: 'T0WALLAROO', domain: 'ex-co' },
    enterprise: null,
    is_enterprise_install: false,
    view: {
      id: view_id,
      root_view_id: view_id,
      previous_view_id: null,
      callback_id: 'form',
      app_id: 'A0WALLAROO',
      hash: expect.any(String),
      state: { values: { reason: { entry: { type: 'plain_text_input', value: 'on leave' } } } },
    },
  });
});

test('three views stack up, a fourth is refused; closing goes back one by one', async () => {
  const pushed = modal('Above', [{ type: 'actions', elements: [button('More')] }]);
  const { ada, slack } = await opened({ ...pushed, title: plain('Below') }, (app) =>
    app.action('press_More', async ({ ack, client, body }) => {
      await ack();
      const { trigger_id } = body as { trigger_id: string };
      await client.views.push({ trigger_id, view: pushed });
    }),
  );
  const results = () => slack.traffic.calls('views.push').map(({ answer }) => answer.error ?? 'ok');
  for (const count of [1, 2, 3]) {
    await ada.press('modal', 'More');
    await slack.until(() => results().length === count);
  }
  expect(results()).toEqual(['ok', 'ok', 'push_limit_reached']);
  await ada.close();
  await ada.close();
  expect(ada.modal()?.title).toBe('Below');
  await ada.close();
  expect(ada.modal()).toBeUndefined();
});

test("a submission without required or fitting entries never leaves Slack's client", async () => {
  const blocks = [reason, input('Short', { ...text, max_length: 3 }, { optional: true })];
  const { ada, slack } = await opened(modal('Form', blocks));
  await ada.fill('Short', 'long');
  expect(await ada.submit()).toEqual({
    isSent: false,
    ms: 0,
    errors: { Reason: 'Please complete this required field.', Short: 'Must be 3 characters or fewer.' },
  });
  expect(ada.modal()?.errors.Short).toBe('Must be 3 characters or fewer.');
  expect(slack.traffic.of('envelope')).toHaveLength(1);
});

test.each([
  ['nothing closes it', undefined, undefined],
  [
    '`errors` stand under their inputs',
    { response_action: 'errors', errors: { reason: 'Say more' } },
    'Form',
  ],
  ['`update` redraws it', { response_action: 'update', view: modal('Done', []) }, 'Done'],
  ['`push` puts one on top', { response_action: 'push', view: modal('Above', []) }, 'Above'],
  ['`clear` closes all', { response_action: 'clear' }, undefined],
])('answer to a submission: %s', async (_, answer, title) => {
  const { ada } = await opened(modal('Form', [reason]), (app) =>
    app.view('form', async ({ ack }) => ack(answer as never)),
  );
  const viewId = ada.modal()?.viewId;
  await ada.fill('Reason', 'because');
  const { isSent, errors } = await ada.submit();
  expect(isSent).toBe(true);
  expect(ada.modal()?.title).toBe(title);
  expect(errors).toEqual(title === 'Form' ? { Reason: 'Say more' } : {});
  if (title === 'Done') expect(ada.modal()?.viewId).toBe(viewId);
});

test.each([
  ['errors for a block that is not there', { response_action: 'errors', errors: { other: 'x' } }],
  ['a view that Slack refuses', { response_action: 'update', view: { type: 'modal' } }],
  ['an unknown action', { response_action: 'vanish' }],
])('refuses as an answer to a submission %s', async (_, answer) => {
  const { ada, slack } = await opened(modal('Form', [reason]), (app) =>
    app.view('form', async ({ ack }) => ack(answer as never)),
  );
  await ada.fill('Reason', 'because');
  await expect(ada.submit()).rejects.toMatchObject({ code: 'invalid_ack' });
  expect(ada.modal()?.title).toBe('Form');
  expect(slack.traffic.of('warning')).toHaveLength(1);
});

test('view_closed comes only to views that ask for it', async () => {
  const { ada, slack } = await opened(modal('Quiet', []));
  const { traffic } = slack;
  await ada.close();
  expect(traffic.of('envelope')).toHaveLength(1);
  const loud = await opened(modal('Loud', [], { notify_on_close: true }), (app) =>
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => ack()),
  );
  await loud.ada.close();
  expect(loud.slack.traffic.of('envelope').at(-1)?.payload).toMatchObject({
    type: 'view_closed',
    is_cleared: false,
    view: { callback_id: 'form' },
  });
});

test('an external select asks the app for options, from enough characters on', async () => {
  const select = input('Who', { type: 'external_select', min_query_length: 2, placeholder: plain('Search') });
  const { ada, slack } = await opened(modal('Form', [select]), (app) => {
    app.options('entry', async ({ ack, payload }) => {
      const found = ['steve', 'asteve'].filter((name) => name.includes(payload.value));
      await ack({ options: found.map((name) => ({ text: plain(name), value: `id-${name}` })) });
    });
    app.view('form', async ({ ack }) => ack());
  });
  expect(await ada.search('Who', 's')).toEqual([]);
  expect(slack.traffic.of('envelope')).toHaveLength(1);
  await expect(ada.choose('Who', 'steve')).rejects.toMatchObject({ code: 'not_possible' });
  expect(await ada.search('Who', 'st')).toEqual(['steve', 'asteve']);
  expect(slack.traffic.of('envelope').at(-1)?.payload).toMatchObject({
    type: 'block_suggestion',
    action_id: 'entry',
    block_id: 'who',
    value: 'st',
    container: { type: 'view' },
  });
  await ada.choose('Who', 'steve');
  await ada.submit();
  expect(slack.traffic.of('envelope').at(-1)?.payload).toHaveProperty(
    'view.state.values.who.entry.selected_option.value',
    'id-steve',
  );
});

test('Home is published for one person, with a hash against races, and opened by an event', async () => {
  const slack = await slackFor();
  await socketApp(slack, (app) =>
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [section('Welcome')] },
      });
    }),
  );
  const mia = slack.as('U0MIA');
  await mia.openHome();
  await slack.until(() => mia.home()?.text === 'Welcome');
  expect(slack.as('U0ADA').home()).toBeUndefined();
  const view = { type: 'home' as const, blocks: [] };
  const stale = webClient(slack).views.publish({ user_id: 'U0MIA', hash: '1.x', view });
  expect(await refusal(stale)).toBe('hash_conflict');
  await mia.openHome();
  expect(slack.traffic.of('envelope').at(-1)?.payload).toMatchObject({
    type: 'event_callback',
    event: { type: 'app_home_opened', tab: 'home', user: 'U0MIA', channel: 'D0MIA', view: { type: 'home' } },
  });
});
