import type { KnownBlock } from '@slack/types';
import { RefusedError } from '../errors.ts';
import type { Duty } from '../jobs/recurring-pass.ts';
import { labelOf } from '../license/user-text.ts';
import { type Message, section } from '../slack/blocks.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { ActionArrival } from '../slack/interaction.ts';
import { code, day, mention } from '../slack/mrkdwn.ts';
import { USER_IS_GONE } from '../texts/said-often.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { computeSuggestions } from './digest-facts.ts';
import { ids } from './digest-ids.ts';
import type { DigestParts } from './digest-parts.ts';
import { DigestService } from './digest-service.ts';
import { suggestionRow } from './suggestion-views.ts';
import type { Snooze } from './suggestions.ts';

export interface DigestHandlerParts extends DigestParts {
  readonly dispatcher: Dispatcher;
  /** Opens the confirmation of a change for one user. */
  readonly openSwitch: (arrival: ActionArrival, userId: string, enabled: boolean) => Promise<void>;
  /** Opens the form that asks for more time for the timed activation whose end the value names. */
  readonly openExtend: (arrival: ActionArrival) => Promise<void>;
  /** The same for several at once. */
  readonly openSeveral: (
    arrival: ActionArrival,
    userIds: readonly string[],
    enabled: boolean,
  ) => Promise<void>;
}

export interface DigestFeature {
  readonly subcommands: readonly Subcommand[];
  readonly duties: readonly Duty[];
  /** For App Home: how many look idle, and the first of them with their buttons. */
  readonly idleRows: (
    now: Date,
    most: number,
  ) => Promise<{ readonly total: number; readonly rows: readonly (readonly KnownBlock[])[] }>;
  /** Users were changed: the latest digest is drawn again at the next pass. */
  readonly usersChanged: () => Promise<void>;
}

/** `/wallaroo digest`, the schedule, and what is pressed on suggestions. */
export function registerDigest(parts: DigestHandlerParts): DigestFeature {
  const { channel, dispatcher, listUsers, openExtend, openSeveral, openSwitch } = parts;
  const service = new DigestService(parts);

  dispatcher.rawAction(ids.deactivate, (arrival) => openSwitch(arrival, arrival.value, false));
  // What is ticked comes with the button: until then there is nothing to do.
  dispatcher.rawAction(ids.tick, async () => undefined);
  dispatcher.rawAction(ids.deactivateTicked, (arrival) => openSeveral(arrival, arrival.ticked, false));
  dispatcher.rawAction(ids.extend, openExtend);
  // `Keep` hides a suggestion for everybody, so it is an administrator's word.
  dispatcher.action(ids.keep, 'administrator', async ({ actor, message, reply, value, view }) => {
    const user = (await listUsers()).find(({ id }) => id === value);
    if (user === undefined) throw new RefusedError(USER_IS_GONE);
    const snooze = await service.keep(user, labelOf(user), actor.userId);
    await service.outdate(message);
    await service.keepDigests();
    // App Home follows the trail, and there is no message to answer.
    if (view === undefined) await reply.send(keptMessage(user, snooze, actor.userId));
  });

  return {
    subcommands: [
      {
        name: 'digest',
        usage: 'digest',
        about: 'posts the license digest now',
        needs: 'administrator',
        isAlone: true,
        answer: 'message',
        run: async ({ reply }) => {
          await service.postNow();
          const text = `The digest is posted in <#${channel}>.`;
          await reply.send({ text, blocks: [section(text)] });
        },
      },
    ],
    duties: [{ name: 'keep the digests', run: (alive) => service.keepDigests(alive) }],
    idleRows: async (now, most) => {
      const { idle, never } = await computeSuggestions(parts, await listUsers(), now);
      const rows = [...idle.slice(0, most), ...never.slice(0, most)].slice(0, most);
      const ends = await parts.activeUntil();
      return {
        total: idle.length + never.length,
        rows: rows.map((user) => suggestionRow(user, { now, ends })),
      };
    },
    usersChanged: () => service.outdate(),
  };
}

function keptMessage(user: WallarooUser, { keptBy, until }: Snooze, presser: string): Message {
  const name = code(labelOf(user));
  const text =
    keptBy === presser
      ? `${name} is kept: not suggested until ${day(until)}.`
      : `${name} is already kept, by ${mention(keptBy)} until ${day(until)}.`;
  return { text, blocks: [section(text)] };
}
