import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { ChatopsError } from '../errors.ts';
import { httpPost } from '../http-post.ts';
import { isPage } from '../is-page.ts';
import type { Message } from './blocks.ts';
import { withRewritableText, withWholeText } from './spoken.ts';

const RESPONSE_TIMEOUT_MS = 8000;

/** Where an answer to one interaction can go. Plain data, so that it may travel in a modal's metadata. */
export interface ReplyTarget {
  readonly userId: string;
  readonly channelId?: string;
  /** Slack takes 5 posts to it within 30 minutes. */
  readonly responseUrl?: string;
  /** Whether the interaction came from a message of ours that an answer may rewrite. */
  readonly onMessage?: boolean;
  /** Of the direct message, in `channelId`, that the interaction came from. */
  readonly directTs?: string | undefined;
}

/** Answers seen only by the person who acted. */
export interface Reply {
  readonly target: ReplyTarget;
  /** A new message. */
  send(message: Message): Promise<void>;
  /** Rewrites the ephemeral message on which they pressed; a new message where there is none. */
  replace(message: Message): Promise<void>;
  /**
   * Draws the answer on which they pressed again, now that something else answers the press: an ephemeral message, or the direct
   * message that came in its place. What cannot be rewritten stays as it is, and `draw` is not called where nothing can: a copy
   * elsewhere would be one more to keep true.
   */
  redraw(draw: () => Promise<Message>): Promise<void>;
}

/** Slack did not take an answer by any way. */
class UndeliveredError extends ChatopsError {
  constructor(cause: unknown) {
    super('reply could not be delivered', {
      code: 'reply_undelivered',
      userMessage: 'Slack did not take my answer. Please try again.',
      cause,
    });
  }
}

/** Ephemeral answers: by `response_url`, and where that is used up or old, by an ephemeral post, then by DM. */
export function createReply(client: WebClient, log: Logger, target: ReplyTarget): Reply {
  const deliver = async (drawn: Message, replaceOriginal: boolean): Promise<void> => {
    const message = withWholeText(drawn);
    if (target.responseUrl !== undefined) {
      const fault = await respond(target.responseUrl, message, replaceOriginal);
      if (fault === undefined) return;
      log.warn({ fault }, 'response_url refused an answer: falling back to a post');
    }
    await postPrivately(client, target, message);
  };
  return {
    target,
    send: (message) => deliver(message, false),
    replace: (message) => deliver(message, target.onMessage === true),
    redraw: async (draw) => {
      if (target.directTs !== undefined) return updateDirect(client, log, target, await draw());
      if (target.onMessage !== true || target.responseUrl === undefined) return;
      const fault = await respond(target.responseUrl, withWholeText(await draw()), true);
      if (fault !== undefined) log.warn({ fault }, 'response_url refused a message drawn again');
    },
  };
}

/** Slack answers `ok` or a text like `used_url`; a refused address is an expected outcome, hence a value. */
async function respond(url: string, message: Message, replaceOriginal: boolean): Promise<string | undefined> {
  try {
    const sent = {
      url,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...message, response_type: 'ephemeral', replace_original: replaceOriginal }),
    };
    const { status, bytes } = await httpPost(sent, { timeoutMs: RESPONSE_TIMEOUT_MS });
    const body = bytes.toString();
    const isTaken = status >= 200 && status < 300 && !body.includes('"ok":false') && !isPage(body);
    return isTaken ? undefined : `${status} ${body.slice(0, 100)}`;
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}

async function updateDirect(
  client: WebClient,
  log: Logger,
  { channelId = '', directTs = '' }: ReplyTarget,
  drawn: Message,
): Promise<void> {
  const { text, blocks } = withRewritableText(drawn);
  try {
    await client.chat.update({ channel: channelId, ts: directTs, text, blocks: [...blocks] });
  } catch (error) {
    log.warn({ err: error }, 'Slack refused a direct message drawn again');
  }
}

async function postPrivately(client: WebClient, target: ReplyTarget, message: Message): Promise<void> {
  const post = { text: message.text, blocks: [...message.blocks] };
  try {
    if (target.channelId === undefined) throw new Error('no channel');
    await client.chat.postEphemeral({ channel: target.channelId, user: target.userId, ...post });
  } catch {
    // The bot need not be in that channel; a DM always reaches the person.
    await client.chat.postMessage({ channel: target.userId, ...post }).catch((error: unknown) => {
      throw new UndeliveredError(error);
    });
  }
}
