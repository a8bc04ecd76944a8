import { randomUUID } from 'node:crypto';
import { carried } from '../carried.ts';
import { messageSurface, stateValues } from '../entered.ts';
import type { Json } from '../json.ts';
import { messageJson } from '../messages.ts';
import { issueResponseUrl } from '../response-urls.ts';
import type { SlackChannel, SlackMessage, SlackView } from '../state.ts';
import { issueTrigger } from '../triggers.ts';
import { viewJson } from '../views.ts';
import type { Workspace } from '../workspace.ts';

// Payloads of docs.slack.dev/reference/interaction-payloads, in the shapes that apps really get.

/** What people can press, pick and fill in: a message, a modal or Home. `blocks` are those they look at. */
export type Surface =
  | { readonly on: 'message'; readonly message: SlackMessage; readonly blocks: readonly Json[] }
  | { readonly on: 'view'; readonly view: SlackView; readonly blocks: readonly Json[] };

/** Under which key the entries of a surface are kept. */
export const surfaceKey = (userId: string, surface: Surface): string =>
  surface.on === 'view'
    ? surface.view.id
    : messageSurface(userId, surface.message.channel, surface.message.ts);

/** Every request carries it; apps have used signatures instead for years. */
const token = 'sandbox-verification-token';

const channelNames = { public: undefined, private: 'privategroup', im: 'directmessage' } as const;
const channelName = (channel: SlackChannel) => channelNames[channel.kind] ?? channel.name;

function sender(workspace: Workspace, userId: string): Json {
  const { team, bot } = workspace.state;
  const { handle, teamId } = workspace.person(userId);
  return {
    user: { id: userId, username: handle, name: handle, team_id: teamId },
    api_app_id: bot.appId,
    token,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Where it happened. An ephemeral message is known by its container alone. */
function origin(workspace: Workspace, surface: Surface): Json {
  if (surface.on === 'view')
    return {
      container: { type: 'view', view_id: surface.view.id },
      view: viewJson(workspace, surface.view),
    };
  const { message } = surface;
  const channel = workspace.channel(message.channel);
  const isEphemeral = message.onlyFor !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: channelName(channel) },
    ...(isEphemeral
      ? {}
      : { message: { ...messageJson(workspace, message), blocks: carried(surface.blocks) } }),
  };
}

/** A press or choice; `action` is what `actions[0]` says of the control. */
export function blockActions(workspace: Workspace, userId: string, surface: Surface, action: Json): Json {
  const viewId = surface.on === 'view' ? surface.view.id : undefined;
  const onMessage = surface.on === 'message' ? surface.message : undefined;
  return {
    type: 'block_actions',
    ...sender(workspace, userId),
    ...origin(workspace, surface),
    trigger_id: issueTrigger(workspace, userId, viewId),
    ...(onMessage === undefined
      ? {}
      : {
          state: carried({
            values: stateValues(workspace.state, surfaceKey(userId, surface), surface.blocks),
          }),
          response_url: issueResponseUrl(workspace, {
            channel: onMessage.channel,
            userId,
            original: onMessage.ts,
            threadTs: onMessage.threadTs,
          }),
        }),
    actions: [{ ...carried(action), action_ts: workspace.nextTs() }],
  };
}

interface Asked {
  readonly blockId: string;
  readonly actionId: string;
  readonly typed: string;
}

/** What is typed into an external select. */
export function blockSuggestion(workspace: Workspace, userId: string, surface: Surface, asked: Asked): Json {
  return {
    type: 'block_suggestion',
    ...sender(workspace, userId),
    ...origin(workspace, surface),
    action_id: asked.actionId,
    block_id: asked.blockId,
    value: asked.typed,
  };
}

export function viewSubmission(workspace: Workspace, view: SlackView): Json {
  return {
    type: 'view_submission',
    ...sender(workspace, view.userId),
    trigger_id: issueTrigger(workspace, view.userId, view.id),
    view: viewJson(workspace, view),
    response_urls: [],
  };
}

/** Sent only for views with `notify_on_close`. */
export function viewClosed(workspace: Workspace, view: SlackView, isCleared: boolean): Json {
  const { userId } = view;
  return {
    type: 'view_closed',
    ...sender(workspace, userId),
    view: viewJson(workspace, view),
    is_cleared: isCleared,
  };
}

/** A slash command: flat, and all of it text. */
export function slashCommand(
  workspace: Workspace,
  userId: string,
  channel: SlackChannel,
  typed: { readonly command: string; readonly text: string },
): Record<string, string> {
  const { team, bot } = workspace.state;
  return {
    token,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: userId,
    user_name: workspace.person(userId).handle,
    command: typed.command,
    text: typed.text,
    api_app_id: bot.appId,
    is_enterprise_install: 'false',
    response_url: issueResponseUrl(workspace, { channel: channel.id, userId }),
    trigger_id: issueTrigger(workspace, userId),
  };
}

/** An event in the envelope of the Events API. */
export function eventCallback(workspace: Workspace, event: Json): Json {
  const { team, bot } = workspace.state;
  const ts = workspace.nextTs();
  return {
    token,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.appId,
    event: { ...event, event_ts: ts },
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(Number(ts)),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
