import type { BlockAction, SlackOptions, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type {
  ActionArrival,
  AlterBlocks,
  Arrival,
  CommandArrival,
  SubmissionArrival,
} from './interaction.ts';
import { formValues, type Trigger, tickedIn, triggerOf } from './interaction.ts';
import { redrawForm } from './redraw-form.ts';
import { createReply, type Reply, type ReplyTarget } from './reply.ts';
import { replyInModal } from './reply-in-modal.ts';
import { replyOverHome } from './reply-over-home.ts';

/** What turning a payload of Slack into an arrival needs. */
export interface ArrivalKit {
  readonly client: WebClient;
  readonly log: Logger;
}

export function commandArrival(kit: ArrivalKit, body: SlashCommand): CommandArrival {
  const log = kit.log.child({
    kind: 'command',
    user: body.user_id,
    subcommand: (body.text ?? '').trim().split(/\s+/)[0],
  });
  return {
    clicker: { userId: body.user_id, teamId: body.team_id },
    log,
    trigger: triggerOf(body.trigger_id),
    text: body.text ?? '',
    reply: createReply(kit.client, log, {
      userId: body.user_id,
      channelId: body.channel_id,
      responseUrl: body.response_url,
    }),
  };
}

export function actionArrival(kit: ArrivalKit, body: BlockAction): ActionArrival {
  const action = body.actions?.[0];
  const actionId = action?.action_id ?? '';
  const log = kit.log.child({ kind: 'action', user: body.user.id, action: actionId });
  const channelId = body.channel?.id ?? body.container?.channel_id;
  const ts = body.message?.ts ?? body.container?.message_ts;
  const inMessage = typeof channelId === 'string' && typeof ts === 'string';
  const trigger = triggerOf(body.trigger_id);
  const onMessage = body.container?.is_ephemeral === true;
  const isDirect = inMessage && !onMessage && channelId.startsWith('D');
  const reply = createReply(kit.client, log, {
    userId: body.user.id,
    onMessage,
    ...(inMessage ? { channelId } : {}),
    ...(isDirect ? { directTs: ts } : {}),
    ...(body.response_url === undefined ? {} : { responseUrl: body.response_url }),
  });
  return {
    clicker: { userId: body.user.id, teamId: body.user.team_id ?? body.team?.id },
    log,
    trigger,
    actionId,
    value: valueIn(action),
    nothingChosen: action !== undefined && isMenu(action.type) && valueIn(action) === '',
    ticked: tickedIn(body.state?.values ?? body.view?.state?.values),
    message: inMessage ? { channelId, ts } : undefined,
    view:
      body.view === undefined
        ? undefined
        : {
            id: body.view.id,
            type: body.view.type,
            privateMetadata: body.view.private_metadata,
            values: formValues(body.view.state?.values),
            redraw: redrawOf(kit.client, log, body.view),
          },
    reply: replyWhere(kit.client, log, { view: body.view, trigger }, reply),
  };
}

const redrawOf =
  (client: WebClient, log: Logger, view: NonNullable<BlockAction['view']>) =>
  async (alter: AlterBlocks): Promise<void> => {
    if (view.type === 'modal') await redrawForm(client, log, view, alter);
  };

/** Over App Home, in an answer that stands in a modal, else beside the message. A form stays: its answer goes by message. */
function replyWhere(
  client: WebClient,
  log: Logger,
  { view, trigger }: { readonly view: BlockAction['view']; readonly trigger: Trigger },
  reply: Reply,
): Reply {
  if (view?.type === 'home') return replyOverHome(client, log, trigger, reply);
  if (view?.type !== 'modal' || view.submit || view.private_metadata !== '') return reply;
  return replyInModal(client, log, { id: view.id, title: view.title?.text ?? 'Wallaroo' }, reply);
}

/** `target` is where the modal was opened from, as its metadata keeps it. */
export function submissionArrival(
  kit: ArrivalKit,
  body: ViewSubmitAction,
  target?: ReplyTarget,
): SubmissionArrival {
  const log = kit.log.child({ kind: 'submission', user: body.user.id, view: body.view.callback_id });
  return {
    clicker: { userId: body.user.id, teamId: body.user.team_id ?? body.team?.id },
    log,
    trigger: triggerOf(body.trigger_id),
    viewId: body.view.id,
    privateMetadata: body.view.private_metadata,
    values: formValues(body.view.state?.values),
    reply: createReply(kit.client, log, target ?? { userId: body.user.id }),
  };
}

const isMenu = (type: string): boolean => type === 'overflow' || type.endsWith('_select');

function valueIn(action: BlockAction['actions'][number] | undefined): string {
  if (action === undefined) return '';
  if ('selected_option' in action && action.selected_option)
    return String(action.selected_option.value ?? '');
  return 'value' in action && typeof action.value === 'string' ? action.value : '';
}

/** A press of a key in an external select. */
export function suggestionArrival(kit: ArrivalKit, body: SlackOptions): Arrival {
  return eventArrival(
    kit,
    body.user.id,
    ('team_id' in body.user ? body.user.team_id : undefined) ?? body.team?.id,
  );
}

/** An event that nobody waits for an answer to. */
export function eventArrival(kit: ArrivalKit, userId: string, teamId: string | undefined): Arrival {
  const log = kit.log.child({ kind: 'event', user: userId });
  return {
    clicker: { userId, teamId },
    log,
    trigger: triggerOf(undefined),
    reply: createReply(kit.client, log, { userId }),
  };
}
