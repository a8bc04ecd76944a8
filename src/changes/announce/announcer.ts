import type { Claim } from '../../posts/claim.ts';
import { keepPosts, type PostParts, toPost } from '../../posts/keep-posts.ts';
import type { Drawing, Posted, PostKind } from '../../posts/post.ts';
import { takesNoReplies } from '../../slack/delivery.ts';
import { type Change, isFinal } from '../change.ts';
import { plannedEnd } from '../coming-end.ts';
import { type Card, staleCards, trailSince } from '../store/card-store.ts';
import { findChange } from '../store/change-store.ts';
import type { CardReader } from './card-buttons.ts';
import { hasTrail, isOwnerPlace } from './card-places.ts';
import { announcementFace, cardFace, outcomeMessage, reminderMessage, trailMessage } from './card-views.ts';
import { entryText } from './standing-text.ts';
import { cardUndelivered, type UndeliveredParts } from './undelivered-card.ts';

/** Longer than the calls of one card can take. */
const CLAIM_MS = 20_000;

export interface AnnouncerParts extends PostParts, UndeliveredParts {
  readonly adminPrincipals: readonly string[];
  readonly approvalsChannel: string;
  /** The instance's address. */
  readonly wallarooUrl: string;
  /** Whether somebody in Slack is an administrator now. True in doubt: each press is checked. */
  readonly isAdministrator: (userId: string) => Promise<boolean>;
}

/**
 * Brings every card up to date with its change: posts what is not posted, rewrites what is out of date, tells the
 * trail in the threads.
 */
export const announce = (parts: AnnouncerParts, alive?: () => void): Promise<void> =>
  keepPosts(parts, cardPosts(parts), alive);

/** The cards of changes, as messages that stay true. */
function cardPosts(parts: AnnouncerParts): PostKind<Card> {
  const changeOf = ({ changeId }: Card): Promise<Change | undefined> => findChange(parts.db, changeId);
  return {
    name: 'card',
    claimMs: CLAIM_MS,
    placeOf: ({ changeId, place }) => ({ table: 'card', key: { changeId, place } }),
    // A command line need not know which channel this is.
    destinationOf: ({ destination }) => destination || parts.approvalsChannel,
    factsOf: ({ changeId, place }) => ({ change: changeId, place }),
    due: (now, most) => staleCards(parts.db, now, most),
    draw: async (card) => {
      // A change that only a newer version of the bot understands is announced by that one.
      const change = await changeOf(card);
      if (change === undefined) return undefined;
      return drawCard(parts, { card, change, reader: await readerOf(parts, card, change) });
    },
    onUndelivered: async (undelivered) => {
      const change = await changeOf(undelivered.row);
      return change === undefined ? 'give_up' : cardUndelivered(parts, change, undelivered);
    },
  };
}

interface Drawn {
  readonly card: Card;
  readonly change: Change;
  readonly reader: CardReader;
}

function drawCard(parts: AnnouncerParts, { card, change, reader }: Drawn): Drawing<Card> {
  // Only administrators are called by group, and only where they decide.
  const adminPrincipals = isOwnerPlace(card.place) ? [] : parts.adminPrincipals;
  const facts = { change, reader, adminPrincipals };
  return {
    revision: change.revision,
    firstFace: announcementFace(facts),
    face: cardFace(facts),
    follow: async (claim, posted) => {
      if (hasTrail(change)) await tellTrail(parts, change, { card, claim, posted, reader });
    },
  };
}

/** Who approved a timed activation gets an administrator's buttons at its end, as long as they are one. */
async function readerOf(
  { isAdministrator }: AnnouncerParts,
  { place, destination }: Card,
  { origin, decidedBy }: Change,
): Promise<CardReader> {
  if (!place.startsWith('dm:')) return 'approvers';
  const decided = origin === 'timed' && place === `dm:${decidedBy}`;
  return decided && (await isAdministrator(destination)) ? 'approvers' : 'requester';
}

interface Telling {
  /** As it was before this pass. */
  readonly card: Card;
  readonly claim: Claim<Card>;
  readonly posted: Posted;
  readonly reader: CardReader;
}

/**
 * In the thread; but how it ended is told to a person as a message of its own, unless they ended it themself or the card
 * is new to them and says it.
 */
async function tellTrail(
  { db, client, log, wallarooUrl }: AnnouncerParts,
  change: Change,
  { card, claim, posted, reader }: Telling,
): Promise<void> {
  for (const entry of await trailSince(db, change.id, card.toldSeq)) {
    const isOutcome = isFinal(change.state) && entry.event === change.state;
    const endsAt = entry.event === 'reminded' && change.origin === 'timed' ? plannedEnd(change) : undefined;
    await claim.prove();
    const telling = client.chat.postMessage({
      channel: posted.channel,
      ...(isOutcome && card.place.startsWith('dm:') && card.ts !== null && card.destination !== entry.actor
        ? toPost(outcomeMessage(change, reader, wallarooUrl))
        : {
            thread_ts: posted.ts,
            ...toPost(
              endsAt === undefined
                ? trailMessage(entry.actor, entryText(entry, change))
                : reminderMessage(endsAt, change.steps),
            ),
          }),
    });
    // The card itself says how things stand, so a thread that is locked keeps nothing back.
    await telling.catch((error: unknown) => {
      if (!takesNoReplies(error)) throw error;
      log.warn({ err: error, change: change.id, place: card.place }, 'a card takes no replies in its thread');
    });
    await claim.record({ toldSeq: entry.seq });
  }
}
