import type { WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import { type Check, type Outcome, right, wrong } from './check.ts';
import { slackNames } from './slack-app-checks.ts';

/** The channels that the bot posts in. */
export function slackPlaceChecks(config: Config, client: () => WebClient): readonly Check[] {
  const check = (name: 'APPROVALS_CHANNEL' | 'LICENSE_CHANNEL'): Check => ({
    name: `Slack channel of ${name}`,
    needs: [slackNames.token, 'APPROVALS_CHANNEL', name],
    run: () => channelOutcome(client(), config[name]),
  });
  const same = config.LICENSE_CHANNEL === config.APPROVALS_CHANNEL;
  return same ? [check('APPROVALS_CHANNEL')] : [check('APPROVALS_CHANNEL'), check('LICENSE_CHANNEL')];
}

async function channelOutcome(client: WebClient, id: string): Promise<Outcome> {
  try {
    const { channel, response_metadata } = await client.conversations.info({ channel: id });
    const name = `#${channel?.name ?? id}`;
    if (channel?.is_archived) return wrong(`${name} is archived`, 'unarchive it, or set another channel');
    const mayPostAnyway =
      channel?.is_private !== true && response_metadata?.scopes?.includes('chat:write.public') === true;
    if (channel?.is_member !== true && !mayPostAnyway)
      return wrong(`the bot is not in ${name}`, 'type /invite @wallaroo in that channel');
    return right(
      channel?.is_ext_shared
        ? `${name}; people of other companies read along in it, but decide nothing`
        : name,
    );
  } catch (error) {
    if (slackErrorOf(error) !== 'channel_not_found') throw error;
    return wrong(
      `no channel ${id} that the bot can see`,
      "copy the id again (the channel's name → About); if the channel is private, type /invite @wallaroo in it",
    );
  }
}
