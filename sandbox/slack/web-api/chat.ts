import { asText, type Json } from '../json.ts';
import {
  addMessage,
  checkUpdateLength,
  contentOf,
  findMessage,
  messageJson,
  removeMessage,
  rewriteMessage,
} from '../messages.ts';
import { SlackRefusal } from '../refusals.ts';
import type { SlackChannel } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import type { Method } from './method.ts';

const scope = 'chat:write';

/**
 * A channel that the bot may write to: `channel` is a channel id, or a person's id for their direct message. `archived`: the
 * method's word for an archived one (their method pages).
 */
function writable(
  workspace: Workspace,
  id: unknown,
  mayBePerson: boolean,
  archived = 'is_archived',
): SlackChannel {
  const { state, scopes } = workspace;
  const person = mayBePerson ? state.people.get(String(id)) : undefined;
  if (person?.isDeactivated || person?.isStranger || person?.isBot)
    throw new SlackRefusal('channel_not_found');
  const channel = person === undefined ? workspace.channel(String(id)) : workspace.dmWith(person.id);
  const isMember = channel.members.has(state.bot.userId);
  if (channel.kind === 'private' && !isMember) throw new SlackRefusal('channel_not_found');
  if (channel.isArchived) throw new SlackRefusal(archived);
  if (!isMember && !(mayBePerson && scopes.includes('chat:write.public')))
    throw new SlackRefusal('not_in_channel');
  return channel;
}

/** Refuses what the channel's settings let nobody post there. What stands there can still be rewritten. */
function checkPosting({ refuses = {} }: SlackChannel, threadTs: string | undefined): void {
  const refusal = threadTs === undefined ? refuses.posts : refuses.replies;
  if (refusal !== undefined) throw new SlackRefusal(refusal);
}

/** A public reply goes under the thread's first message; Slack drops a reply to nothing into the void. */
function threadOf(workspace: Workspace, channel: string, ts: unknown): string | undefined {
  if (ts === undefined || ts === null || ts === '') return undefined;
  const parent = workspace.state.messages.find((it) => it.channel === channel && it.ts === ts);
  if (parent === undefined) throw new SlackRefusal('thread_not_found');
  if (parent.onlyFor !== undefined) throw new SlackRefusal('cannot_reply_to_message');
  return parent.threadTs ?? parent.ts;
}

function ownMessage(workspace: Workspace, channel: string, ts: unknown, refusal: string) {
  const message = findMessage(workspace, channel, ts);
  if (message.onlyFor !== undefined) throw new SlackRefusal('message_not_found');
  if (message.user !== workspace.state.bot.userId) throw new SlackRefusal(refusal);
  return message;
}

function permalink(workspace: Workspace, channel: string, ts: string): string {
  return `https://${workspace.state.team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
}

export const chat: Readonly<Record<string, Method>> = {
  'chat.postMessage': {
    scope,
    run: (workspace, args) => {
      const channel = writable(workspace, args.channel, true);
      const content = contentOf(workspace, args, 'chat.postMessage');
      const threadTs = threadOf(workspace, channel.id, args.thread_ts);
      checkPosting(channel, threadTs);
      const message = addMessage(workspace, { ...content, channel: channel.id, threadTs });
      return { channel: channel.id, ts: message.ts, message: messageJson(workspace, message) };
    },
  },
  'chat.update': {
    scope,
    run: (workspace, args) => {
      const channel = writable(workspace, args.channel, false, 'is_inactive');
      const message = ownMessage(workspace, channel.id, args.ts, 'cant_update_message');
      checkUpdateLength(args.text);
      rewriteMessage(workspace, message, contentOf(workspace, args, 'chat.update'));
      const { ts, text } = message;
      return { channel: channel.id, ts, text, message: messageJson(workspace, message) };
    },
  },
  'chat.delete': {
    scope,
    run: (workspace, args) => {
      const channel = writable(workspace, args.channel, false);
      const message = ownMessage(workspace, channel.id, args.ts, 'cant_delete_message');
      removeMessage(workspace, message);
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.postEphemeral': {
    scope,
    run: (workspace, args): Json => {
      const channel = writable(workspace, args.channel, false);
      const onlyFor = asText(args.user) ?? '';
      if (!channel.members.has(onlyFor) || workspace.person(onlyFor).isDeactivated)
        throw new SlackRefusal('user_not_in_channel');
      const content = contentOf(workspace, args, 'chat.postEphemeral');
      const threadTs = threadOf(workspace, channel.id, args.thread_ts);
      const { ts } = addMessage(workspace, { ...content, channel: channel.id, threadTs, onlyFor });
      return { message_ts: ts };
    },
  },
  'chat.getPermalink': {
    run: (workspace, args) => {
      const channel = workspace.channel(String(args.channel));
      const { ts } = findMessage(workspace, channel.id, args.message_ts);
      return { channel: channel.id, permalink: permalink(workspace, channel.id, ts) };
    },
  },
};
