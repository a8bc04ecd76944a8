import { randomBytes } from 'node:crypto';
import type { Json } from './json.ts';
import { addMessage, contentOf, findMessage, removeMessage, rewriteMessage } from './messages.ts';
import { SlackRefusal } from './refusals.ts';
import type { ResponseUrl, SlackMessage } from './state.ts';
import type { Workspace } from './workspace.ts';

/** Five uses within thirty minutes (docs.slack.dev/interactivity/handling-user-interaction). */
const uses = 5;
const lifeMs = 30 * 60 * 1000;

interface Origin {
  readonly channel: string;
  readonly userId: string;
  readonly original?: string | undefined;
  readonly threadTs?: string | undefined;
}

export function issueResponseUrl(workspace: Workspace, origin: Origin): string {
  const { team } = workspace.state;
  const path = `/actions/${team.id}/${workspace.nextTs().replace('.', '')}/${randomBytes(12).toString('hex')}`;
  workspace.state.responseUrls.set(path, {
    channel: origin.channel,
    userId: origin.userId,
    threadTs: origin.threadTs,
    original: origin.original,
    expiresAtMs: workspace.now().getTime() + lifeMs,
    uses: 0,
  });
  return `${workspace.url}${path}`;
}

function originalOf(workspace: Workspace, target: ResponseUrl): SlackMessage | undefined {
  return workspace.state.messages.find((it) => it.channel === target.channel && it.ts === target.original);
}

/** Writes an answer where a command or press happened: ephemeral unless it says `in_channel`. */
export function respondTo(workspace: Workspace, target: ResponseUrl, body: Json, where: string): void {
  const original = originalOf(workspace, target);
  if (body.delete_original === true) {
    if (original === undefined) throw new SlackRefusal('message_not_found');
    removeMessage(workspace, original);
    return;
  }
  const content = contentOf(workspace, body, where);
  if (body.replace_original === true && original !== undefined) {
    rewriteMessage(workspace, findMessage(workspace, original.channel, original.ts), content);
    return;
  }
  const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : target.threadTs;
  const onlyFor = body.response_type === 'in_channel' ? undefined : target.userId;
  const { ts } = addMessage(workspace, { ...content, channel: target.channel, threadTs, onlyFor });
  target.original ??= ts;
}

/** One use of a `response_url`. Refuses with `expired_url` after thirty minutes and `used_url` after five uses. */
export function answerByResponseUrl(workspace: Workspace, path: string, body: Json): void {
  const target = workspace.state.responseUrls.get(path);
  if (target === undefined) throw new SlackRefusal('no_such_url');
  if (workspace.now().getTime() >= target.expiresAtMs) throw new SlackRefusal('expired_url');
  if (target.uses >= uses) throw new SlackRefusal('used_url');
  target.uses += 1;
  respondTo(workspace, target, body, 'response_url');
}
