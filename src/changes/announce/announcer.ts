import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Db } from '../../db/tables.ts';
import { forEachAtOnce } from '../../jobs/at-once.ts';
import type { Message } from '../../slack/blocks.ts';
import type { ApplyParts } from '../apply/apply-parts.ts';
import { type Change, isFinal } from '../change.ts';
import { type Card, claimCard, staleCards, trailSince, updateCard } from '../store/card-store.ts';
import { findChange } from '../store/change-store.ts';
import {
  announcementFace,
  type CardFacts,
  type CardReader,
  cardFace,
  outcomeMessage,
  trailMessage,
} from './card-views.ts';
import { type Overdue, putOffCard } from './put-off-card.ts';

const A_BATCH = 50;
/** So that one card that Slack answers slowly does not hold up the others. */
const AT_ONCE = 4;

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
  while (true) {
    const cards = await staleCards(parts.db, parts.now(), A_BATCH);
    await forEachAtOnce(cards, AT_ONCE, (card) => announceCard(parts, card));
    if (cards.length < A_BATCH) return;
  }
}

async function announceCard(parts: AnnouncerParts, card: Card): Promise<void> {
  const claimed = await claimCard(parts.db, card, parts.now());
  if (claimed === undefined) return;
  // A change that only a newer version of the bot understands is announced by that one.
  const change = await findChange(parts.db, card.changeId);
  if (change === undefined) return;
  try {
    await bringUpToDate(parts, claimed, change, card.shown);
  } catch (error) {
    if (error instanceof ClaimLost) return;
    const overdue: Overdue = { card: claimed, change, attempts: card.attempts, error };
    await putOffCard(parts, overdue);
  }
}

/** `before` is what the message showed when it was claimed. */
async function bringUpToDate(
  parts: AnnouncerParts,
  card: Card,
  change: Change,
  before: string | null,
): Promise<void> {
  const facts: CardFacts = {
    change,
    reader: readerOf(card, change),
    adminPrincipals: parts.adminPrincipals,
  };
  const posted =
    card.channel !== null && card.ts !== null
      ? { channel: card.channel, ts: card.ts }
      : await post(parts, card, facts);
  const face = cardFace(facts);
  const shown = createHash('sha256').update(JSON.stringify(face)).digest('base64url');
  if (shown !== before) {
    await parts.faultPoint('before_update');
    await parts.client.chat.update({ ...posted, ...toPost(face) });
    await parts.faultPoint('after_update');
  }
  await record(parts, card, { shown });
  const told = hasTrail(change) ? await tellTrail(parts, card, change, posted) : card.toldSeq;
  await record(parts, card, {
    shownRevision: change.revision,
    toldSeq: told,
    attempts: 0,
    notBefore: 0,
  });
}

/**
 * Posts without buttons, records where, and leaves the rest to the update: a crash in between leaves a message behind
 * that says nothing wrong and has nothing to press, never a second live card.
 */
async function post(
  parts: AnnouncerParts,
  card: Card,
  facts: CardFacts,
): Promise<{ channel: string; ts: string }> {
  await parts.faultPoint('before_post');
  const { channel, ts } = await parts.client.chat.postMessage({
    channel: card.destination,
    ...toPost(announcementFace(facts)),
  });
  await parts.faultPoint('after_post');
  if (channel === undefined || ts === undefined)
    throw new Error('chat.postMessage answered without channel or ts');
  await record(parts, card, { channel, ts });
  return { channel, ts };
}

async function record(
  { db }: AnnouncerParts,
  card: Card,
  update: Parameters<typeof updateCard>[2],
): Promise<void> {
  if (!(await updateCard(db, card, update))) throw new ClaimLost();
}

/** Administrators get an administrator's buttons: where they act directly, and where they approved what now ends. */
function readerOf({ place }: Card, { origin, decidedBy }: Change): CardReader {
  if (!place.startsWith('dm:')) return 'approvers';
  if (origin === 'timed') return place === `dm:${decidedBy}` ? 'approvers' : 'requester';
  return origin === 'request' ? 'requester' : 'approvers';
}

/** Requests and timed activations have a story; of a direct change the card says all. */
const hasTrail = ({ origin }: Change): boolean => origin === 'request' || origin === 'timed';

/**
 * In the thread; but how it ended is told to a person as a message of its own, unless they ended it themself or the card
 * is new to them and says it.
 */
async function tellTrail(
  parts: AnnouncerParts,
  card: Card,
  change: Change,
  posted: { channel: string; ts: string },
): Promise<number> {
  let told = card.toldSeq;
  for (const entry of await trailSince(parts.db, card.changeId, told)) {
    const isOutcome = isFinal(change.state) && entry.event === change.state;
    await parts.client.chat.postMessage({
      channel: posted.channel,
      ...(isOutcome && card.place.startsWith('dm:') && card.ts !== null && card.destination !== entry.actor
        ? toPost(outcomeMessage(change))
        : { thread_ts: posted.ts, ...toPost(trailMessage(entry.actor, entry.outcome)) }),
    });
    told = entry.seq;
    await record(parts, card, { toldSeq: told });
  }
  return told;
}

const toPost = ({ text, blocks }: Message) => ({ text, blocks: [...blocks] });

/** Another process has the card by now: it draws it. */
class ClaimLost extends Error {}
