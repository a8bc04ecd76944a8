import { asText, type Json } from '../json.ts';
import { findMessage, messageJson } from '../messages.ts';
import { SlackRefusal } from '../refusals.ts';
import type { SlackChannel } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { isOn, type Method, scopeByKind } from './method.ts';
import { pageOf } from './paging.ts';

/** A channel that the bot may know of: a private one only as a member. */
function visible(workspace: Workspace, args: Json): SlackChannel {
  const channel = workspace.channel(String(args.channel));
  const isMember = channel.members.has(workspace.state.bot.userId);
  if (channel.kind !== 'public' && !isMember) throw new SlackRefusal('channel_not_found');
  return channel;
}

function readable(workspace: Workspace, args: Json): SlackChannel {
  const channel = visible(workspace, args);
  if (!channel.members.has(workspace.state.bot.userId)) throw new SlackRefusal('not_in_channel');
  return channel;
}

function channelJson(workspace: Workspace, channel: SlackChannel): Json {
  const { bot, team } = workspace.state;
  if (channel.kind === 'im') {
    const user = [...channel.members].find((id) => id !== bot.userId);
    return { id: channel.id, is_im: true, user, is_archived: false, context_team_id: team.id };
  }
  const isShared = channel.sharedWith.length > 0;
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.isArchived,
    is_general: channel.name === 'general',
    is_shared: isShared,
    is_ext_shared: isShared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.members.has(bot.userId),
    context_team_id: team.id,
    ...(isShared ? { shared_team_ids: [team.id, ...channel.sharedWith] } : {}),
  };
}

const visibleMessages = (workspace: Workspace, channel: SlackChannel) =>
  workspace.state.messages.filter((it) => it.channel === channel.id && it.onlyFor === undefined);

/** `conversations.*`, as far as the app's own channels and direct messages go. */
export const conversations: Readonly<Record<string, Method>> = {
  'conversations.open': {
    scope: 'im:write',
    run: (workspace, args) => {
      const users = (asText(args.users) ?? '').split(',').filter(Boolean);
      const [userId] = users;
      if (userId === undefined) throw new SlackRefusal('users_list_not_supplied');
      if (users.length > 1) throw new SlackRefusal('not_enough_users');
      const person = workspace.person(userId);
      if (person.isDeactivated) throw new SlackRefusal('user_disabled');
      if (person.isBot) throw new SlackRefusal('cannot_dm_bot');
      if (person.isStranger) throw new SlackRefusal('user_not_visible');
      const channel = workspace.dmWith(userId);
      return { channel: isOn(args.return_im) ? channelJson(workspace, channel) : { id: channel.id } };
    },
  },
  'conversations.info': {
    scope: scopeByKind('read'),
    run: (workspace, args) => {
      const channel = visible(workspace, args);
      const count = isOn(args.include_num_members) ? { num_members: channel.members.size } : {};
      return { channel: { ...channelJson(workspace, channel), ...count } };
    },
  },
  'conversations.members': {
    scope: scopeByKind('read'),
    run: (workspace, args) => {
      const { items, rest } = pageOf([...visible(workspace, args).members], args);
      return { members: items, ...rest };
    },
  },
  'conversations.history': {
    scope: scopeByKind('history'),
    run: (workspace, args) => {
      const { oldest, latest, inclusive } = args;
      const within = ({ ts }: { ts: string }) => {
        if (isOn(inclusive) && (ts === oldest || ts === latest)) return true;
        return ts > (asText(oldest) ?? '') && (latest === undefined || ts < String(latest));
      };
      const all = visibleMessages(workspace, readable(workspace, args))
        .filter((it) => it.threadTs === undefined && within(it))
        .toReversed();
      const { items, rest } = pageOf(all, args);
      const messages = items.map((it) => messageJson(workspace, it));
      return { messages, has_more: items.length < all.length, ...rest };
    },
  },
  'conversations.replies': {
    scope: scopeByKind('history'),
    run: (workspace, args) => {
      const channel = readable(workspace, args);
      const exists = visibleMessages(workspace, channel).some((it) => it.ts === args.ts);
      if (!exists) throw new SlackRefusal('thread_not_found');
      const parent = findMessage(workspace, channel.id, args.ts);
      const root = parent.threadTs ?? parent.ts;
      const all = visibleMessages(workspace, channel).filter((it) => it.ts === root || it.threadTs === root);
      const { items, rest } = pageOf(all, args, 1000);
      return {
        messages: items.map((it) => messageJson(workspace, it)),
        has_more: items.length < all.length,
        ...rest,
      };
    },
  },
};
