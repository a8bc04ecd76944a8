import { describe, expect, it } from 'vitest';
import { defaultSlackSeed } from '../../sandbox/slack/seed.ts';
import type { SlackOptions } from '../../sandbox/slack/start-slack.ts';
import { examine, needed, type Patient, start } from './support.ts';

interface Case {
  readonly fault: string;
  readonly slack?: SlackOptions;
  readonly plant?: (patient: Patient) => unknown;
  readonly env?: Record<string, string | undefined>;
  readonly check: string;
  readonly text: string;
  readonly remedy: string;
}

const approvals = 'Slack channel of APPROVALS_CHANNEL';

const cases: readonly Case[] = [
  {
    fault: 'a wrong bot token',
    env: { SLACK_BOT_TOKEN: 'xoxb-wrong' },
    check: 'Slack bot token',
    text: 'invalid_auth',
    remedy: 'copy the token again',
  },
  {
    fault: 'a removed app',
    plant: ({ slack }) => slack.faults.plan('auth.test', { error: 'account_inactive' }, 9),
    check: 'Slack bot token',
    text: 'account_inactive',
    remedy: 'install the app',
  },
  {
    fault: 'a Slack that is away',
    plant: ({ slack }) => slack.faults.goDown(),
    check: 'Slack bot token',
    text: 'Slack cannot be reached: fetch failed (',
    remedy: 'SLACK_API_URL',
  },
  {
    fault: 'a Slack that nobody is at',
    plant: ({ slack }) => slack.stop(),
    check: 'Slack bot token',
    text: 'fetch failed (connect ECONNREFUSED 127.0.0.1:',
    remedy: 'proxy',
  },
  {
    fault: 'a Slack whose name nobody knows',
    env: { SLACK_API_URL: 'http://nowhere.invalid/api/' },
    check: 'Slack bot token',
    text: 'nowhere.invalid',
    remedy: 'DNS',
  },
  {
    fault: 'a page in the place of Slack',
    plant: ({ slack }) => slack.faults.plan('auth.test', { status: 200, page: '<html>Sign in</html>' }, 9),
    check: 'Slack bot token',
    text: 'Slack cannot be reached: a page came in the place of an answer of Slack',
    remedy: 'proxy',
  },
  {
    fault: 'a Slack that is asked too often',
    plant: ({ slack }) => slack.faults.plan('auth.test', { retryAfterSeconds: 7 }, 9),
    check: 'Slack bot token',
    text: 'too often',
    remedy: '7 seconds',
  },
  {
    fault: 'missing scopes',
    slack: { scopes: needed.filter((scope) => scope !== 'files:write') },
    check: 'Slack scopes',
    text: 'missing: files:write',
    remedy: 'install the app again',
  },
  {
    fault: 'a wrong app token',
    env: { SLACK_APP_TOKEN: 'xapp-wrong' },
    check: 'Slack app token',
    text: 'invalid_auth',
    remedy:
      'with the scope connections:write: api.slack.com/apps → your app → Basic Information → App-Level Tokens',
  },
  {
    fault: 'an app token without its scope',
    plant: ({ slack }) => slack.faults.plan('apps.connections.open', { error: 'missing_scope' }, 9),
    check: 'Slack app token',
    text: 'connections:write',
    remedy: 'App-Level Tokens',
  },
  {
    fault: 'an app without Socket Mode',
    plant: ({ slack }) => slack.faults.plan('apps.connections.open', { error: 'socket_mode_not_enabled' }, 9),
    check: 'Slack app token',
    text: 'Socket Mode is switched off',
    remedy: 'your app → Socket Mode',
  },
  {
    fault: 'neither app token nor signing secret',
    env: { SLACK_APP_TOKEN: undefined },
    check: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
    text: 'one of the two is required',
    remedy: 'App-Level Tokens',
  },
  {
    fault: 'an archived channel',
    env: { APPROVALS_CHANNEL: 'C0ARCHIVE' },
    check: approvals,
    text: '#wallaroo-old is archived',
    remedy: 'set another channel',
  },
  {
    fault: 'a channel without the bot',
    env: { LICENSE_CHANNEL: 'C0GENERAL' },
    check: 'Slack channel of LICENSE_CHANNEL',
    text: 'the bot is not in #general',
    remedy: '/invite @wallaroo',
  },
  {
    fault: 'a private channel without the bot',
    env: { APPROVALS_CHANNEL: 'C0SECRET' },
    check: approvals,
    text: 'no channel C0SECRET',
    remedy: '/invite @wallaroo',
  },
  {
    fault: 'a channel that does not exist',
    env: { APPROVALS_CHANNEL: 'C0NOWHERE' },
    check: approvals,
    text: 'no channel C0NOWHERE',
    remedy: 'copy the id again',
  },
  {
    fault: 'a user group that does not exist',
    env: { ADMINS: 'U0ADA,S0NONE' },
    check: 'Slack user groups',
    text: 'S0NONE cannot be read: no_such_subteam',
    remedy: 'copy its id again',
  },
  {
    fault: 'a plan without user groups',
    slack: { seed: { ...defaultSlackSeed, team: { ...defaultSlackSeed.team, plan: 'free' } } },
    check: 'Slack user groups',
    text: 'plan_upgrade_required',
    remedy: "list people's ids",
  },
  {
    fault: 'an empty user group',
    slack: {
      seed: {
        ...defaultSlackSeed,
        userGroups: [{ id: 'S0ADMINS', handle: 'admins', name: 'Admins', members: [] }],
      },
    },
    env: { MEMBERS: undefined },
    check: 'Slack user groups',
    text: 'S0ADMINS is empty',
    remedy: 'add people to it',
  },
  {
    fault: 'administrators who are guests, gone, of another company or unknown',
    env: { ADMINS: 'U0ADA,U0GUS,U0GONE,U0XENO,U0NOBODY' },
    check: 'Administrators',
    text: 'not an active full member of this team: U0GUS, U0GONE, U0XENO, U0NOBODY',
    remedy: 'take them out of ADMINS',
  },
  {
    fault: 'one administrator where two are needed',
    env: { ADMINS: 'U0ADA', FOUR_EYES: 'true' },
    check: 'Administrators',
    text: 'only U0ADA',
    remedy: 'FOUR_EYES=false',
  },
];

it.each(cases)('finds $fault and names the remedy', async ({ slack, plant, env, check, text, remedy }) => {
  const patient = await start(slack === undefined ? {} : { slack });
  await plant?.(patient);
  const { exitCode, of } = await examine(patient, env);
  expect(of(check)).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining(text),
    remedy: expect.stringContaining(remedy),
  });
  expect(exitCode).toBe(1);
});

it('says that people of other companies read along, which is no fault', async () => {
  const { of } = await examine(await start(), { APPROVALS_CHANNEL: 'C0SHARED' });
  expect(of(approvals)).toMatchObject({ state: 'right', text: expect.stringContaining('other companies') });
});

it('lets the bot post without being in a public channel where it has the scope for that', async () => {
  const patient = await start({ slack: { scopes: [...needed, 'chat:write.public'] } });
  const { of } = await examine(patient, { LICENSE_CHANNEL: 'C0GENERAL' });
  expect(of('Slack channel of LICENSE_CHANNEL')).toMatchObject({ state: 'right', text: '#general' });
  expect(of('Slack scopes')).toMatchObject({
    text: expect.stringContaining('more than needed: chat:write.public'),
  });
});

describe('people', () => {
  it('warns of one administrator alone, whose own requests nobody can approve', async () => {
    const { of, exitCode } = await examine(await start(), { ADMINS: 'U0ADA' });
    expect(of('Administrators')).toEqual({
      name: 'Administrators',
      state: 'warning',
      text: 'only U0ADA, whose own requests and own access nobody can approve',
      remedy: 'add another administrator to ADMINS or to its groups',
    });
    expect(exitCode).toBe(0);
  });

  it('warns of people in MEMBERS who may do nothing', async () => {
    const patient = await start();
    const { of } = await examine(patient, { MEMBERS: 'U0MIA,U0GUS,U0GONE,U0XENO,U0NOBODY,S0MEMBERS' });
    expect(of('Members')).toEqual({
      name: 'Members',
      state: 'warning',
      text: 'not an active full member of this team, so they may do nothing: U0GUS, U0GONE, U0XENO, U0NOBODY',
      remedy: 'copy the ids again, or take them out of MEMBERS',
    });
    const { of: withoutAny } = await examine(patient, { MEMBERS: undefined });
    expect(withoutAny('Members').text).toBe('everyone in the team but guests, as MEMBERS is not set');
  });

  it('takes both ids of somebody in an Enterprise Grid for theirs', async () => {
    const people = defaultSlackSeed.people.map((person) =>
      person.id === 'U0ADA'
        ? { ...person, enterprise: { id: 'E0EXCO', teams: ['T0WALLAROO'], userId: 'W0ADA' } }
        : person,
    );
    const patient = await start({ slack: { seed: { ...defaultSlackSeed, people } } });
    const { of } = await examine(patient, { ADMINS: 'U0ADA,W0ADA,U0BEN', MEMBERS: 'U0ADA,W0ADA' });
    expect(of('Administrators')).toMatchObject({ state: 'right', text: '2 found' });
    expect(of('Members').state).toBe('right');
  });
});
