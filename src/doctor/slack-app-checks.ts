import { readFileSync } from 'node:fs';
import type { WebClient } from '@slack/web-api';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Config } from '../config.ts';
import { once } from '../once.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import { appTokenRemedy, isTokenRefused } from '../slack/token-words.ts';
import { type Check, right, wrong } from './check.ts';

/** A client for a token. */
export type SlackClientFor = (token: string) => WebClient;

const manifestSchema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

/** The scopes that `manifest.yml` asks for; it lies beside `src` and beside `dist`. */
function manifestScopes(): readonly string[] {
  const text = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  return manifestSchema.parse(parse(text)).oauth_config.scopes.bot;
}

export const slackNames = { token: 'Slack bot token', scopes: 'Slack scopes' } as const;

/** The Slack app itself: its tokens and what they are allowed. */
export function slackAppChecks(config: Config, clientFor: SlackClientFor): readonly Check[] {
  const test = once(() => clientFor(config.SLACK_BOT_TOKEN).auth.test());
  return [
    {
      name: slackNames.token,
      needs: ['SLACK_BOT_TOKEN', 'SLACK_API_URL'],
      run: async () => {
        const { user, user_id, team, bot_id } = await test();
        if (bot_id === undefined)
          return wrong("it is a person's token, not a bot's", 'use the Bot User OAuth Token, xoxb-…');
        return right(`@${user} (${user_id}) in ${team}`);
      },
    },
    {
      name: slackNames.scopes,
      needs: [slackNames.token],
      run: async () => {
        const granted = (await test()).response_metadata?.scopes;
        const asked = manifestScopes();
        if (granted === undefined) return right('Slack does not tell them here');
        const missing = asked.filter((scope) => !granted.includes(scope));
        if (missing.length > 0)
          return wrong(
            `missing: ${missing.join(', ')}`,
            'add them at api.slack.com/apps → your app → OAuth & Permissions (or put manifest.yml into App Manifest), then install the app again',
          );
        const extra = granted.filter((scope) => !asked.includes(scope));
        return right(
          `all ${asked.length} of manifest.yml${extra.length > 0 ? `; more than needed: ${extra.join(', ')}` : ''}`,
        );
      },
    },
    transportCheck(config, clientFor),
  ];
}

/** What keeps an app token from opening Socket Mode, by Slack's words. */
const SOCKET_FAULTS: Readonly<Record<string, string>> = {
  missing_scope: 'lacks the scope connections:write',
  socket_mode_not_enabled: 'Socket Mode is switched off for this app',
};

/** How events reach the bot: the app token is tried, a signing secret shows only with Slack's first request. */
function transportCheck({ transport, PORT }: Config, clientFor: SlackClientFor): Check {
  const needs = ['SLACK_APP_TOKEN or SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'SLACK_API_URL', 'PORT'];
  if (transport?.mode === 'http')
    return {
      name: 'Slack signing secret',
      needs,
      run: async () =>
        right(`is set; Slack must reach port ${PORT} by the Request URL of your app, https://…/slack/events`),
    };
  return {
    name: 'Slack app token',
    needs,
    run: async () => {
      try {
        // Asks for an address and does not connect to it.
        await clientFor(transport?.appToken ?? '').apps.connections.open();
        return right('may open Socket Mode');
      } catch (error) {
        const fault = SOCKET_FAULTS[slackErrorOf(error) ?? ''];
        if (fault !== undefined) return wrong(fault, appTokenRemedy(error));
        if (isTokenRefused(error))
          return wrong(`Slack answers ${slackErrorOf(error)}`, appTokenRemedy(error));
        throw error;
      }
    },
  };
}
