import { createHash } from 'node:crypto';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Db } from '../db/tables.ts';
import type { Message } from '../slack/blocks.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import type { ApplyParts } from './apply-parts.ts';
import { addCard, type Card, claimCard, staleCards, trailSince, updateCard } from './card-store.ts';
import { announcementFace, type CardReader, cardFace, trailMessage } from './card-views.ts';
import type { Change } from './change.ts';
import { findChange } from './change-store.ts';

const AT_A_TIME = 50;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

/** Slack's words for a place that will not come back by trying again. */
const GONE = new Set([
  'channel_not_found',
  'is_archived',
  'message_not_found',
  'not_in_channel',
  'cant_update_message',
  'edit_window_closed',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'account_inactive',
  'cannot_dm_bot',
  'restricted_action',
]);

export interface AnnouncerParts {
  readonly db: Db;
  /** Without repetitions of its own: the next pass is the repetition. */
  readonly client: WebClient;
  readonly log: Logger;
  readonly now: () => Date;
  readonly adminPrincipals: readonly string[];
  readonly administratorIds: () => Promise<readonly string[]>;
  readonly faultPoint: ApplyParts['faultPoint'];
}

/**
 * Brings every card up to date with its change: posts what is not posted, rewrites what is out of date, tells the
 * trail in the threads. Run as often as one likes, by as many replicas; Slack being down only delays it.
 */
export async function announce(parts: AnnouncerParts): Promise<void> {
  for (const card of await staleCards(parts.db, parts.now(), AT_A_TIME)) {
    if (!(await claimCard(parts.db, card, parts.now()))) continue;
    const change = await findChange(parts.db, card.change_id);
    if (change === undefined) continue;
    try {
      await bringUpToDate(parts, card, change);
    } catch (error) {
      await putOff(parts, card, change, error);
    }
  }
}

async function bringUpToDate(parts: AnnouncerParts, card: Card, change: Change): Promise<void> {
  const posted =
    card.channel !== null && card.ts !== null
      ? { channel: card.channel, ts: card.ts }
      : await post(parts, card, change);
  const face = cardFace({
    change,
    reader: readerOf(card, change),
    adminPrincipals: parts.adminPrincipals,
    now: parts.now(),
  });
  const shown = createHash('sha256').update(JSON.stringify(face)).digest('base64url');
  if (shown !== card.shown) {
    await parts.faultPoint('before_update');
    await parts.client.chat.update({ ...posted, ...toPost(face) });
    await parts.faultPoint('after_update');
    await updateCard(parts.db, card, { shown });
  }
  const told = hasTrail(change) ? await tellTrail(parts, card, posted) : card.told_seq;
  await updateCard(parts.db, card, {
    shown_revision: change.revision,
    told_seq: told,
    attempts: 0,
    not_before: 0,
  });
}

/**
 * Posts without buttons, records where, and leaves the rest to the update: a crash in between leaves a message behind
 * that says nothing wrong and has nothing to press, never a second live card.
 */
async function post(
  parts: AnnouncerParts,
  card: Card,
  change: Change,
): Promise<{ channel: string; ts: string }> {
  await parts.faultPoint('before_post');
  const { channel, ts } = await parts.client.chat.postMessage({
    channel: card.destination,
    ...toPost(announcementFace(change)),
  });
  await parts.faultPoint('after_post');
  if (channel === undefined || ts === undefined)
    throw new Error('chat.postMessage answered without channel or ts');
  await updateCard(parts.db, card, { channel, ts });
  return { channel, ts };
}

/** Whoever acted directly is an administrator, and gets an administrator's buttons. */
function readerOf({ place }: Card, { origin }: Change): CardReader {
  const requesters = place.startsWith('dm:') && (origin === 'request' || origin === 'timed');
  return requesters ? 'requester' : 'approvers';
}

/** Requests and timed activations have a story; of a direct change the card says all. */
const hasTrail = ({ origin }: Change): boolean => origin === 'request' || origin === 'timed';

async function tellTrail(
  parts: AnnouncerParts,
  card: Card,
  posted: { channel: string; ts: string },
): Promise<number> {
  let told = card.told_seq;
  for (const entry of await trailSince(parts.db, card.change_id, told)) {
    await parts.client.chat.postMessage({
      channel: posted.channel,
      thread_ts: posted.ts,
      ...toPost(trailMessage(entry.actor, entry.outcome)),
    });
    told = entry.seq;
    await updateCard(parts.db, card, { told_seq: told });
  }
  return told;
}

async function putOff(parts: AnnouncerParts, card: Card, change: Change, error: unknown): Promise<void> {
  const slackError = slackErrorOf(error);
  const facts = { err: error, change: change.id, place: card.place, slackError };
  if (slackError !== undefined && GONE.has(slackError)) {
    parts.log.warn(facts, 'a card cannot be reached any more');
    await updateCard(parts.db, card, { gone: 1 });
    if (card.place === 'approvals') await callAdministrators(parts, change);
    return;
  }
  const delayMs =
    error instanceof WebAPIRateLimitedError
      ? error.retryAfter * 1000
      : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(card.attempts, 10));
  parts.log.warn({ ...facts, delayMs }, 'a card could not be brought up to date: it is tried again');
  await updateCard(parts.db, card, { not_before: parts.now().getTime() + delayMs });
}

/** The approvals channel is missing or archived: administrators get the card as a DM each. */
async function callAdministrators({ db, administratorIds }: AnnouncerParts, change: Change): Promise<void> {
  for (const userId of await administratorIds())
    if (userId !== change.requesterId) await addCard(db, change.id, `dm-admin:${userId}`, userId);
}

const toPost = ({ text, blocks }: Message) => ({ text, blocks: [...blocks] });
