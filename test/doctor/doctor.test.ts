import { describe, expect, it } from 'vitest';
import { settings } from '../../src/config/settings.ts';
import { samples } from '../../src/features/samples/samples.ts';
import { examine, needed, say, start } from './support.ts';

describe('where everything is right', () => {
  it('says so, line by line, and ends well', async () => {
    const { env, folder } = await start();
    const { exitCode, text } = await say({ ...env, DIGEST_TIMEZONE: 'Europe/Berlin' }, []);
    const lines = text.replaceAll(folder, '/data').split('\n');
    expect(lines).toEqual([
      `✓ Settings: all ${Object.keys(settings).length} are right`,
      '✓ Slack bot token: @wallaroo (U0BOT) in Ex Co',
      '✓ Slack scopes: all 9 of manifest.yml',
      '✓ Slack app token: may open Socket Mode',
      '✓ Slack channel of APPROVALS_CHANNEL: #wallaroo-approvals',
      '✓ Slack channel of LICENSE_CHANNEL: #wallaroo-license',
      '✓ Slack user groups: S0ADMINS (2), S0MEMBERS (4) can be read',
      '✓ Administrators: 2 found',
      '✓ Members: all in MEMBERS, and administrators',
      `✓ Slack: messages and views: Slack takes one of each, ${samples().length} in all`,
      expect.stringMatching(/^✓ Wallaroo: address of WALLAROO_URL: http:/),
      expect.stringMatching(/^✓ Wallaroo: address of WALLAROO_AUTH_URL: http:/),
      '✓ Wallaroo: certificate: none, as the address is http: the password travels in clear',
      expect.stringMatching(/^✓ Wallaroo: sign-in: as chatops@ex.co \(/),
      '✓ Wallaroo: reading users: 15, 4 of them active',
      '✓ Wallaroo: writing users: allowed by the realm role admin',
      '✓ Wallaroo: GraphQL: answers',
      '✓ Wallaroo: workspaces: sees 16, of which 15 are of others; its realm role admin lets it change the members of all',
      '✓ Wallaroo: edition: community, by WALLAROO_EDITION; its name Wallaroo Dev tells none',
      '✓ Users in PROTECTED_USERS and SEAT_EXEMPT: none',
      '✓ Database: /data/chatops.db is made at the first start',
      expect.stringMatching(/^✓ Clock: Slack .*, Wallaroo .*/),
      expect.stringMatching(/^✓ Digest schedule: next on Mon, .+; Mon, .+; Mon, .+ \(Europe\/Berlin\)$/),
      '✓ Proxy: none, as neither HTTPS_PROXY nor HTTP_PROXY is set',
      '',
      '24 right, 0 wrong',
      '',
    ]);
    expect(exitCode).toBe(0);
  });

  it('exits with 0 and changes nothing on either side', async () => {
    const patient = await start();
    const before = [...patient.wallaroo.state.users.values()].map(({ id, enabled }) => [id, enabled]);
    const { exitCode, findings } = await examine(patient);
    expect(findings.filter(({ state }) => state !== 'right')).toEqual([]);
    expect(exitCode).toBe(0);
    expect([...patient.wallaroo.state.users.values()].map(({ id, enabled }) => [id, enabled])).toEqual(
      before,
    );
    const asked = patient.wallaroo.requests.map(({ endpoint }) => endpoint);
    expect(asked).not.toContain('keycloak.users.put');
    expect(asked.filter((name) => /activate|invite|create|delete|add|remove/.test(String(name)))).toEqual([]);
    const called = patient.slack.traffic.of('call').map(({ method }) => method);
    expect(called.filter((method) => /^(chat|views|files)\.|conversations\.open/.test(method))).toEqual([]);
    expect(patient.slack.connections).toBe(0);
  });

  it('takes a signing secret in place of an app token', async () => {
    const patient = await start();
    const { exitCode, of } = await examine(patient, {
      SLACK_APP_TOKEN: undefined,
      SLACK_SIGNING_SECRET: patient.slack.signingSecret,
    });
    expect(of('Slack signing secret')).toMatchObject({ state: 'right' });
    expect(exitCode).toBe(0);
  });

  it('marks right and wrong with colours where it is told to', async () => {
    const { env } = await start();
    const { text } = await say({ ...env, APPROVALS_CHANNEL: 'C0ARCHIVE' }, [], { colours: true });
    expect(text).toContain('\u001b[32m✓ Slack bot token');
    expect(text).toContain('\u001b[31m✗ Slack channel of APPROVALS_CHANNEL');
  });
});

describe('a failing check', () => {
  it('keeps no independent one from running, and those that depend on it say why they did not', async () => {
    const patient = await start();
    const { exitCode, of } = await examine(patient, {
      WALLAROO_URL: undefined,
      SLACK_BOT_TOKEN: 'xoxb-wrong',
      LICENSE_SEATS: 'five',
    });
    expect(exitCode).toBe(1);
    expect(of('WALLAROO_URL')).toMatchObject({ state: 'wrong', text: 'is required and is not set' });
    expect(of('LICENSE_SEATS')).toMatchObject({ state: 'wrong', remedy: 'where to find it: your license' });
    expect(of('Slack bot token').state).toBe('wrong');
    expect(of('Administrators')).toEqual({
      name: 'Administrators',
      state: 'unchecked',
      text: 'not checked, because Slack bot token is wrong',
    });
    expect(of('Wallaroo: GraphQL')).toMatchObject({
      state: 'unchecked',
      text: 'not checked, because WALLAROO_URL is not set',
    });
    for (const name of ['Slack app token', 'Database', 'Clock', 'Digest schedule'])
      expect(of(name)).toMatchObject({ state: 'right' });
  });

  it('never shows a secret, wherever it fails', async () => {
    const patient = await start();
    const secrets = {
      SLACK_BOT_TOKEN: 'xoxb-12345-hunter2bot',
      SLACK_APP_TOKEN: 'xapp-12345-hunter2app',
      WALLAROO_PASSWORD: 'hunter2password',
      WALLAROO_CLIENT_ID: 'api-client',
      WALLAROO_CLIENT_SECRET: 'hunter2client',
      DATABASE_URL: 'postgres://chatops:hunter2db@127.0.0.1:9/chatops',
    };
    const environments = [
      secrets,
      { ...secrets, WALLAROO_USER: 'hunter2password', WALLAROO_URL: 'https://hunter2db' },
    ];
    for (const altered of environments) {
      const { text, exitCode } = await say({ ...patient.env, ...altered }, []);
      expect(exitCode).toBe(1);
      expect(text).not.toContain('hunter2');
    }
  });

  it('is one line, however long the words of others are', async () => {
    const { env, slack } = await start({ slack: { scopes: needed.slice(0, 4) } });
    slack.faults.plan('conversations.info', { status: 503 }, 2);
    const { text } = await say(env, []);
    const lines = text.trimEnd().split('\n');
    expect(lines.slice(0, -2).every((line) => /^[✓✗–] /.test(line))).toBe(true);
    expect(lines.filter((line) => line.startsWith('✗')).every((line) => line.includes(' → '))).toBe(true);
  });
});

describe('a warning', () => {
  const slips = { IDLE_DAY: '5', WALLAROO_CLIENT_SECRT: 'hunter2client', FOUR_EYES: '' };

  it('is told and spoils nothing', async () => {
    const { exitCode, findings, text } = await examine(await start(), slips);
    expect(exitCode).toBe(0);
    const warnings = findings.filter(({ state }) => state === 'warning');
    expect(warnings.map(({ name }) => name)).toEqual(['IDLE_DAY', 'WALLAROO_CLIENT_SECRT', 'FOUR_EYES']);
    expect(warnings[0]).toEqual({
      name: 'IDLE_DAY',
      state: 'warning',
      text: 'is not a setting of the bot, and does nothing',
      remedy: 'did you mean IDLE_DAYS?',
    });
    expect(text).not.toContain('hunter2');
  });

  it('is counted of its own', async () => {
    const { env } = await start();
    const { text } = await say({ ...env, ...slips }, []);
    expect(text).toContain(
      '! IDLE_DAY: is not a setting of the bot, and does nothing → did you mean IDLE_DAYS?',
    );
    expect(text).toMatch(/24 right, 0 wrong, 3 warnings\n$/);
  });
});

it('tells once what many checks wait for', async () => {
  const { env } = await start();
  const { text } = await say({ ...env, WALLAROO_URL: '', SLACK_BOT_TOKEN: '' }, []);
  const lines = text.split('\n');
  expect(lines.filter((line) => line.includes('WALLAROO_URL is not set'))).toEqual([
    '– Not checked, because WALLAROO_URL is not set: Wallaroo: address of WALLAROO_URL, Wallaroo: address of WALLAROO_AUTH_URL, Wallaroo: certificate, Wallaroo: sign-in, Wallaroo: reading users, Wallaroo: writing users, Wallaroo: GraphQL, Wallaroo: workspaces, Wallaroo: edition, Users in PROTECTED_USERS and SEAT_EXEMPT',
  ]);
  expect(lines.filter((line) => line.includes('SLACK_BOT_TOKEN is not set'))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('✗'))).toHaveLength(2);
});

it('tells through which proxy each side is asked, without its name and password', async () => {
  const patient = await start();
  const { of } = await examine(patient, {
    SLACK_API_URL: 'https://slack.test/api/',
    https_proxy: 'http://name:hunter2@127.0.0.1:9',
  });
  expect(of('Proxy').text).toBe('Slack through http://127.0.0.1:9, Wallaroo directly, Keycloak directly');
  const behind = await examine(patient, {
    WALLAROO_URL: 'https://127.0.0.1:9',
    https_proxy: 'http://name:hunter2@127.0.0.1:9',
  });
  expect(behind.of('Wallaroo: address of WALLAROO_URL')).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining('cannot be reached through the proxy http://127.0.0.1:9: '),
    remedy: 'check that proxy, HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and WALLAROO_URL',
  });
  expect(behind.text).not.toContain('hunter2');
  const wrong = await examine(patient, { HTTPS_PROXY: 'socks5://127.0.0.1:9' });
  expect(wrong.of('HTTPS_PROXY')).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining('http://proxy'),
  });
});
