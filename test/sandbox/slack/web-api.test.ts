import { expect, test } from 'vitest';
import { defaultSlackSeed } from '../../../sandbox/slack/seed.ts';
import { refusal, section, slackFor, webClient } from './support.ts';

test('a token must be there, be known and be of the right kind', async () => {
  const slack = await slackFor();
  expect(await refusal(webClient(slack, {}, '').auth.test())).toBe('not_authed');
  expect(await refusal(webClient(slack, {}, 'xoxb-other').auth.test())).toBe('invalid_auth');
  expect(await refusal(webClient(slack, {}, slack.appToken).auth.test())).toBe('not_allowed_token_type');
  expect(await webClient(slack).auth.test()).toMatchObject({ user_id: 'U0BOT', team_id: 'T0WALLAROO' });
});

test('a call without its scope is refused with what it needs', async () => {
  const slack = await slackFor({ scopes: ['chat:write', 'users:read'] });
  const { users, usergroups } = webClient(slack);
  await expect(usergroups.users.list({ usergroup: 'S0ADMINS' })).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'usergroups:read', provided: 'chat:write,users:read' },
  });
  const { user } = await users.info({ user: 'U0ADA' });
  expect(user?.profile?.email).toBeUndefined();
});

test('who is guest, stranger or gone is told by users.info', async () => {
  const slack = await slackFor();
  const { users } = webClient(slack);
  const info = async (user: string) => (await users.info({ user })).user;
  expect(await info('U0ADA')).toMatchObject({
    is_admin: true,
    is_restricted: false,
    profile: { email: 'ada@ex.co' },
  });
  expect(await info('U0GIA')).toMatchObject({ is_restricted: true, is_ultra_restricted: false });
  expect(await info('U0GUS')).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
  expect(await info('U0XENO')).toMatchObject({ is_stranger: true, team_id: 'T0OTHER' });
  expect(await info('U0GONE')).toMatchObject({ deleted: true });
  expect(await refusal(users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
  expect((await users.lookupByEmail({ email: 'STEVE@ex.co' })).user?.id).toBe('U0STEVE');
  for (const email of ['gone@ex.co', 'nobody@ex.co'])
    expect(await refusal(users.lookupByEmail({ email }))).toBe('users_not_found');
});

test('user groups list their members, except on the free plan', async () => {
  const slack = await slackFor();
  const { usergroups } = webClient(slack);
  expect((await usergroups.users.list({ usergroup: 'S0ADMINS' })).users).toEqual(['U0ADA', 'U0BEN']);
  expect(await refusal(usergroups.users.list({ usergroup: 'S0NONE' }))).toBe('no_such_subteam');
  const free = await slackFor({
    seed: { ...defaultSlackSeed, team: { ...defaultSlackSeed.team, plan: 'free' } },
  });
  const asked = webClient(free).usergroups.users.list({ usergroup: 'S0ADMINS' });
  expect(await refusal(asked)).toBe('plan_upgrade_required');
});

test('a 429 says how long to wait, and the official client waits', async () => {
  const slack = await slackFor();
  slack.faults.plan('chat.postMessage', { retryAfterSeconds: 1 });
  const startedMs = performance.now();
  const client = webClient(slack, { rejectRateLimitedCalls: false, retryConfig: { retries: 1 } });
  await client.chat.postMessage({ channel: 'C0LICENSE', text: 'once' });
  expect(performance.now() - startedMs).toBeGreaterThan(950);
  expect(slack.traffic.calls('chat.postMessage').map(({ status }) => status)).toEqual([429, 200]);
  expect(slack.as('U0ADA').messages('C0LICENSE')).toHaveLength(1);
});

test('faults strike as often as planned, before or after the call had its effect', async () => {
  const slack = await slackFor();
  const { chat } = webClient(slack);
  const post = (text: string) => refusal(chat.postMessage({ channel: 'C0LICENSE', text }));
  slack.faults.plan('chat.postMessage', { error: 'internal_error' });
  slack.faults.plan('*', { status: 503 });
  expect(await post('one')).toBe('internal_error');
  expect(await post('two')).toMatch('503');
  slack.faults.plan('chat.postMessage', { cut: 'before' });
  slack.faults.plan('chat.postMessage', { cut: 'after' });
  expect(await post('three')).not.toBe('ok');
  expect(await post('four')).not.toBe('ok');
  expect(await post('five')).toBe('ok');
  expect(
    slack
      .as('U0ADA')
      .messages('C0LICENSE')
      .map(({ text }) => text),
  ).toEqual(['four', 'five']);
});

test('the bot writes where it is a member, and to people of its team', async () => {
  const slack = await slackFor();
  const { chat } = webClient(slack);
  const post = (channel: string) => refusal(chat.postMessage({ channel, text: 'x' }));
  expect(await post('C0NONE')).toBe('channel_not_found');
  expect(await post('C0SECRET')).toBe('channel_not_found');
  expect(await post('C0ARCHIVE')).toBe('is_archived');
  expect(await post('C0GENERAL')).toBe('not_in_channel');
  expect(await post('U0XENO')).toBe('channel_not_found');
  expect(await post('U0MIA')).toBe('ok');
  expect(slack.as('U0MIA').dm()[0]?.text).toBe('x');
});

test('a channel that is archived or shut lets nobody post; what stands in one that is shut can be rewritten', async () => {
  const slack = await slackFor();
  const { chat } = webClient(slack);
  const channel = slack.workspace.channel('C0LICENSE');
  const { ts = '' } = await chat.postMessage({ channel: channel.id, text: 'x' });
  const post = (thread_ts?: string) =>
    refusal(chat.postMessage({ channel: channel.id, text: 'x', ...(thread_ts ? { thread_ts } : {}) }));
  const update = () => refusal(chat.update({ channel: channel.id, ts, text: 'y' }));
  channel.refuses = { posts: 'restricted_action_read_only_channel' };
  expect([await post(), await post(ts), await update()]).toEqual([channel.refuses.posts, 'ok', 'ok']);
  channel.refuses = { replies: 'restricted_action_thread_locked' };
  expect([await post(), await post(ts), await update()]).toEqual(['ok', channel.refuses.replies, 'ok']);
  channel.refuses = {};
  channel.isArchived = true;
  expect([await post(), await update()]).toEqual(['is_archived', 'is_inactive']);
});

test('blocks that Slack refuses are refused, with the place of the fault', async () => {
  const slack = await slackFor();
  const blocks = [section('x'.repeat(3001))];
  await expect(
    webClient(slack).chat.postMessage({ channel: 'C0LICENSE', text: 'x', blocks }),
  ).rejects.toMatchObject({
    data: {
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
      },
    },
  });
});

test('update and delete reach own messages only; blocks go when none are given', async () => {
  const slack = await slackFor();
  const { chat } = webClient(slack);
  const ada = slack.as('U0ADA');
  await ada.type('C0LICENSE', 'mine');
  await chat.postMessage({ channel: 'C0LICENSE', text: 'x', blocks: [section('old')] });
  const [hers, ours] = ada.messages('C0LICENSE');
  const at = (message: typeof hers) => ({ channel: 'C0LICENSE', ts: String(message?.ts) });
  expect(await refusal(chat.update({ ...at(hers), text: 'y' }))).toBe('cant_update_message');
  expect(await refusal(chat.delete(at(hers)))).toBe('cant_delete_message');
  expect(await refusal(chat.update({ ...at(ours), text: 'y'.repeat(4001) }))).toBe('msg_too_long');
  await chat.update({ ...at(ours), text: 'new' });
  expect(ada.messages('C0LICENSE')[1]).toMatchObject({ text: 'new', blocks: [], isEdited: true });
});

test('a file is uploaded in three steps and seen where it was shared', async () => {
  const slack = await slackFor();
  await webClient(slack).filesUploadV2({
    channel_id: 'C0LICENSE',
    filename: 'audit.csv',
    title: 'Audit',
    content: 'who,when\nada,now',
    initial_comment: 'All of it',
  });
  expect(slack.as('U0ADA').messages('C0LICENSE')).toMatchObject([
    { text: 'All of it', files: [{ title: 'Audit', content: 'who,when\nada,now' }] },
  ]);
});

test('reset brings the workspace back as it was seeded', async () => {
  const slack = await slackFor();
  await webClient(slack).chat.postMessage({ channel: 'C0LICENSE', text: 'x' });
  slack.faults.plan('*', { status: 500 });
  slack.reset();
  expect(slack.as('U0ADA').messages('C0LICENSE')).toEqual([]);
  expect(slack.traffic.entries).toEqual([]);
  expect(await refusal(webClient(slack).auth.test())).toBe('ok');
});
