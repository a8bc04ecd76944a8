import { type BlockKitFault, validateMessage } from './block-kit/validate.ts';
import { carried } from './carried.ts';
import { withIds } from './controls.ts';
import { asJson, asList, asText, decoded, type Json } from './json.ts';
import { SlackRefusal } from './refusals.ts';
import type { SlackFile, SlackMessage } from './state.ts';
import type { Workspace } from './workspace.ts';

/** `chat.update` refuses longer text (its method page); posting cuts only above 40,000. */
const updateTextLimit = 4000;

/** Turns a fault of Block Kit into Slack's refusal. */
export function refuseFault(fault: BlockKitFault | undefined): void {
  if (fault === undefined) return;
  const messages = fault.messages.length === 0 ? {} : { response_metadata: { messages: fault.messages } };
  throw new SlackRefusal(fault.error, {
    ...(fault.error === 'invalid_blocks' ? { errors: fault.messages } : {}),
    ...messages,
  });
}

interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly metadata: Json | undefined;
}

/** The checked content of a message to be posted or rewritten, of the arguments `text`, `blocks`, `metadata`. */
export function contentOf(workspace: Workspace, args: Json, where: string): Content {
  const text = args.text;
  const blocks = decoded(args.blocks);
  refuseFault(validateMessage({ text, blocks }));
  const given = asList(blocks).map(asJson);
  if (given.length > 0 && (asText(text) ?? '') === '')
    workspace.warn(`${where}: blocks without \`text\`; notifications and screen readers have nothing to say`);
  const metadata = decoded(args.metadata);
  if (metadata !== undefined && metadata !== null) {
    const { event_type, event_payload } = asJson(metadata);
    if (typeof event_type !== 'string' || typeof event_payload !== 'object')
      throw new SlackRefusal('invalid_metadata_format');
  }
  return {
    text: asText(text) ?? '',
    blocks: withIds(given, () => workspace.nextId('b')),
    metadata: metadata === undefined || metadata === null ? undefined : asJson(metadata),
  };
}

interface Posting extends Content {
  readonly channel: string;
  readonly threadTs?: string | undefined;
  readonly onlyFor?: string | undefined;
  readonly files?: readonly SlackFile[];
  readonly user?: string;
}

export function addMessage(workspace: Workspace, posting: Posting): SlackMessage {
  const message: SlackMessage = {
    channel: posting.channel,
    ts: workspace.nextTs(),
    user: posting.user ?? workspace.state.bot.userId,
    threadTs: posting.threadTs,
    onlyFor: posting.onlyFor,
    text: posting.text,
    blocks: posting.blocks,
    metadata: posting.metadata,
    files: posting.files ?? [],
    edited: undefined,
  };
  workspace.state.messages.push(message);
  workspace.changed();
  return message;
}

export function findMessage(workspace: Workspace, channel: string, ts: unknown): SlackMessage {
  const found = workspace.state.messages.find((it) => it.channel === channel && it.ts === ts);
  if (found === undefined) throw new SlackRefusal('message_not_found');
  return found;
}

/** Rewrites a message: blocks are replaced, and gone when none are given. */
export function rewriteMessage(workspace: Workspace, message: SlackMessage, content: Content): void {
  message.text = content.text;
  message.blocks = content.blocks;
  message.metadata = content.metadata ?? message.metadata;
  message.edited = { user: workspace.state.bot.userId, ts: workspace.nextTs() };
  workspace.changed();
}

export function checkUpdateLength(text: unknown): void {
  if (typeof text === 'string' && text.length > updateTextLimit) throw new SlackRefusal('msg_too_long');
}

export function removeMessage(workspace: Workspace, message: SlackMessage): void {
  workspace.state.messages = workspace.state.messages.filter((it) => it !== message);
  workspace.changed();
}

/** A message as the Web API and payloads carry it. */
export function messageJson(workspace: Workspace, message: SlackMessage): Json {
  const { bot, team, messages } = workspace.state;
  const replies = messages.filter((it) => it.channel === message.channel && it.threadTs === message.ts);
  return carried({
    type: 'message',
    user: message.user,
    ...(message.user === bot.userId ? { bot_id: bot.botId, app_id: bot.appId } : {}),
    team: team.id,
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(replies.length === 0 ? {} : { thread_ts: message.ts, reply_count: replies.length }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.files.length === 0
      ? {}
      : { files: message.files.map(({ id, name, title }) => ({ id, name, title })) }),
  });
}
