import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifestText = readFileSync(`${root}manifest.yml`, 'utf8');
const manifest = parse(manifestText);

/** The code that may speak to Slack, with chains of calls on one line each. */
const code = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('wallaroo'))
  .map((path) => readFileSync(`${root}src/${path}`, 'utf8'))
  .map((text) => text.replace(/\s*\n\s*(?=\??\.)/g, '').replaceAll('?.', '.'))
  .join('\n');

/** The scopes of each method that the bot may call, by its page in Slack's reference. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.teams.list': [],
  'auth.test': [],
  'blocks.validate': [],
  // Asked with the app-level token, whose scope no manifest grants.
  'apps.connections.open': [],
  'chat.delete': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  filesUploadV2: ['files:write'],
  'files.uploadV2': ['files:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** Every method that Slack's client has, as written in code: `chat.postMessage`. */
function methodsOf(value: object, prefix = '', deep = 0): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member === 'function') return [prefix + name];
    const isGroup = typeof member === 'object' && member !== null && deep < 3;
    return isGroup ? methodsOf(member, `${prefix}${name}.`, deep + 1) : [];
  });
}

const known = new Set([...methodsOf(new WebClient()).filter((name) => name.includes('.')), 'filesUploadV2']);

/** The longest end of a called chain that is a method: `client.usergroups.users.list` is not `users.list`. */
function methodIn(chain: string): string | undefined {
  const names = chain.split('.');
  return names.map((_, index) => names.slice(index).join('.')).find((end) => known.has(end));
}

function usedMethods(): string[] {
  const chains = [...code.matchAll(/([\w.]+)\(/g)].map(([, chain]) => methodIn(chain ?? ''));
  const byName = [...code.matchAll(/\.apiCall\('([\w.]+)'/g)].map(([, name]) => name);
  return [...new Set([...chains, ...byName].filter((name) => name !== undefined))].sort();
}

const literals = (pattern: RegExp): string[] => [
  ...new Set([...code.matchAll(pattern)].map(([, found]) => found ?? '')),
];

describe('manifest.yml', () => {
  it('can be derived: every method that the code calls is in the table', () => {
    expect(usedMethods().length).toBeGreaterThan(5);
    expect(usedMethods().filter((name) => scopesOf[name] === undefined)).toEqual([]);
  });

  it('asks for exactly the scopes of the methods that the code calls', () => {
    const needed = new Set(usedMethods().flatMap((name) => scopesOf[name] ?? []));
    if (/\.command\(/.test(code)) needed.add('commands');
    if (/profile\.email/.test(code)) needed.add('users:read.email');
    const asked: string[] = manifest.oauth_config.scopes.bot;
    expect(asked.toSorted()).toEqual([...needed].sort());
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });

  it('has exactly the commands that the code answers, with people and channels escaped', () => {
    const commands: { command: string; should_escape: boolean; description: string; usage_hint: string }[] =
      manifest.features.slash_commands;
    expect(commands.map(({ command }) => command)).toEqual(literals(/\.command\('(\/[\w-]+)'/g));
    for (const command of commands) {
      expect(command.should_escape).toBe(true);
      expect(command.description).not.toBe('');
      expect(command.usage_hint).toContain('help');
    }
  });

  it('has exactly the events that the code hears', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(literals(/\.event\('([\w.]+)'/g));
  });

  it('has interactivity, Home and Messages on, as the code uses buttons, `views.publish` and direct messages', () => {
    expect(manifest.settings.interactivity.is_enabled).toBe(/\.action[<(]/.test(code));
    expect(manifest.features.app_home.home_tab_enabled).toBe(usedMethods().includes('views.publish'));
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });

  it('becomes one for HTTP when the marks before its addresses are taken off', () => {
    const http = parse(manifestText.replace(/# (?=\w+: https:)/g, ''));
    const url = 'https://chatops.example.com/slack/events';
    expect(http.settings.event_subscriptions.request_url).toBe(url);
    expect(http.settings.interactivity).toEqual({
      is_enabled: true,
      request_url: url,
      message_menu_options_url: url,
    });
    expect(http.features.slash_commands[0].url).toBe(url);
    expect(manifestText.match(/# \w+: https:/g)).toHaveLength(4);
  });
});
