import { expect } from 'vitest';
import type { SeenMessage, SeenView } from '../../sandbox/slack/person/seen.ts';
import type { Person } from '../../sandbox/slack/person.ts';
import { wrongCards } from '../support/cards.ts';
import { readRecords } from '../support/change-records.ts';
import { APPROVALS, filledModal, LICENSE, type World } from './world.ts';

/** Does something, and waits for the modal that comes of it to be filled: another one, or the same drawn again. */
async function modalAfter(world: World, userId: string, act: () => Promise<unknown>): Promise<SeenView> {
  const { slack } = world;
  const hashOf = () => slack.workspace.state.stacks.get(userId)?.at(-1)?.hash;
  const before = hashOf();
  await act();
  await slack.until(() => hashOf() !== before);
  return filledModal(world, userId);
}

/** Types a command and waits for its modal to be filled. */
export function openModal(world: World, userId: string, command: string): Promise<SeenView> {
  return modalAfter(world, userId, () => world.slack.as(userId).type(LICENSE, command));
}

/** Presses what opens a modal, or goes on in the one pressed in, and waits for it to be filled. */
export function press(
  world: World,
  userId: string,
  ...[place, match, how]: Parameters<Person['press']>
): Promise<SeenView> {
  const asksOnceMore = match === 'Undo' || match === 'Try again';
  const sure = asksOnceMore && (how === undefined || isPressing(how)) ? { ...how, confirmed: true } : how;
  return modalAfter(world, userId, () => world.slack.as(userId).press(place, match, sure));
}

type How = NonNullable<Parameters<Person['press']>[2]>;
const isPressing = (how: How): how is Exclude<How, string | RegExp> =>
  typeof how !== 'string' && !(how instanceof RegExp);

/** Chooses who is deactivated in exchange, and waits until the form shows what they own. */
export async function chooseLeaver(world: World, userId: string, who: string | RegExp): Promise<SeenView> {
  const { slack } = world;
  await slack.as(userId).choose('Deactivate in exchange', who);
  const words = typeof who === 'string' ? who.replaceAll('.', '\\.') : who.source;
  const isShown = new RegExp(`(?:${words})[^\\n]* · active · |Wallaroo does not tell`);
  return slack.until(() => {
    const modal = slack.as(userId).modal();
    return modal?.text.match(isShown) ? modal : undefined;
  });
}

/** Submits the modal on top, after filling in a reason where one is given, and waits for what came of it. */
export async function submit(world: World, userId: string, reason?: string): Promise<SeenView> {
  const person = world.slack.as(userId);
  if (reason !== undefined) await person.fill('Reason', reason);
  return modalAfter(world, userId, async () => {
    const { errors } = await person.submit();
    expect(errors).toEqual({});
  });
}

/** Asks by a command for what somebody else has to approve; the card of it. */
export async function request(
  world: World,
  userId: string,
  command: string,
  reason = 'needed for the audit',
): Promise<SeenMessage> {
  const before = new Set(cardsIn(world, APPROVALS).map(({ ts }) => ts));
  await openModal(world, userId, command);
  const sent = await submit(world, userId, reason);
  expect(sent.text).toContain('Request sent');
  await world.slack.as(userId).close('all');
  return world.slack.until(() =>
    cardsIn(world, APPROVALS).find(({ ts, buttons }) => !before.has(ts) && buttons.includes('Approve')),
  );
}

/** Messages in a channel that are no reply and that everybody there sees. */
export function cardsIn({ slack }: World, channel: string, as = 'U0ADA'): readonly SeenMessage[] {
  return slack
    .as(as)
    .messages(channel)
    .filter(({ isEphemeral, threadTs }) => !isEphemeral && threadTs === undefined);
}

/** Waits for the card in the approvals channel that says so and can be approved. */
export function newCard(world: World, words: string | RegExp = ''): Promise<SeenMessage> {
  return world.slack.until(() =>
    cardsIn(world, APPROVALS).find(
      ({ text, buttons }) => text.match(words) !== null && buttons.includes('Approve'),
    ),
  );
}

/** What stands at the place of a message now. */
export function again({ slack }: World, message: SeenMessage, as = 'U0ADA'): SeenMessage {
  const found = slack
    .as(as)
    .messages(message.channel)
    .find(({ ts }) => ts === message.ts);
  if (found === undefined) throw new Error(`no message ${message.ts} any more`);
  return found;
}

/** Waits until it is so. What is due by now the bot does at once, not at its next pass. */
function dueUntil<T>(world: World, check: () => T | undefined): Promise<T> {
  void world.bot.settled();
  return world.slack.until(check);
}

/** Waits until that message says so, and returns it. */
export function saying(
  world: World,
  message: SeenMessage,
  words: string | RegExp,
  as?: string,
): Promise<SeenMessage> {
  return dueUntil(world, () => {
    const now = again(world, message, as);
    return now.text.match(words) !== null ? now : undefined;
  });
}

/** Waits for a direct message of the bot that says so. */
export function dmSaying(world: World, userId: string, words: string | RegExp): Promise<SeenMessage> {
  return dueUntil(world, () =>
    world.slack
      .as(userId)
      .dm()
      .find((it) => it.threadTs === undefined && !isStub(it) && it.text.match(words) !== null),
  );
}

/** What is posted before a card is drawn: it has no word for the state of its change, or no foot yet. */
const isStub = ({ fallback, text }: SeenMessage): boolean =>
  /^(?:You asked to|The access of|Your change:|@.* asks to)/.test(fallback) ||
  (/^[^:]+: (?:You asked to|Your change:)/.test(fallback) && !/\nChange [A-Z\d]/.test(text));

/** Waits for the line in the approvals channel that says so: what an administrator did directly. */
export function lineSaying(world: World, words: string | RegExp, as = 'U0ADA'): Promise<SeenMessage> {
  return dueUntil(world, () =>
    world.slack
      .as(as)
      .messages(APPROVALS)
      .find(
        ({ text, fallback, threadTs }) =>
          threadTs === undefined &&
          /^(?:Done(?: in part)?|Failed|Not done yet):/.test(fallback) &&
          text.match(words) !== null,
      ),
  );
}

/** What is said in the thread of a message, the root aside. */
export function threadOf({ slack }: World, { channel, ts }: SeenMessage, as = 'U0ADA'): readonly string[] {
  return slack
    .as(as)
    .messages(channel)
    .filter(({ threadTs }) => threadTs === ts)
    .map(({ text }) => text);
}

/** The last message that only this person sees and that says so. */
export function told(world: World, userId: string, channel: string, words: string | RegExp) {
  return world.slack.until(() =>
    world.slack
      .as(userId)
      .messages(channel)
      .findLast(({ isEphemeral, text }) => isEphemeral && text.match(words) !== null),
  );
}

/** Waits until the platform has the user in that state. */
export function untilActive(world: World, who: string, wanted: boolean): Promise<void> {
  void world.bot.settled();
  return new Promise((resolve) => {
    const look = (): void => {
      if (world.isActive(who) !== wanted) return;
      stop();
      resolve();
    };
    const stop = world.wallaroo.on('change', look);
    look();
  });
}

/** Presses `Approve`, submits the confirmation, and waits for what came of it. */
export async function approve(world: World, userId: string, card: SeenMessage): Promise<SeenView> {
  const modal = await press(world, userId, card, 'Approve');
  if (modal.submit === undefined) return modal;
  return submit(world, userId);
}

/** Presses `Deny`, gives the reason, and waits for what came of it. */
export async function deny(world: World, userId: string, card: SeenMessage, reason: string) {
  const modal = await press(world, userId, card, 'Deny');
  if (modal.submit === undefined) return modal;
  return submit(world, userId, reason);
}

/**
 * Once all that is due is done: no message in the whole workspace has a button that its change does not live up to,
 * every card of a change tells the state that the change is in, and every change that ended has one entry of how.
 */
export async function expectNoLiveButtons(world: World): Promise<void> {
  await world.bot.settled();
  const records = await readRecords(world.databaseUrl);
  expect(wrongCards(records, world.slack.workspace.state.messages, world.now())).toEqual([]);
  const ends = ['applied', 'failed', 'denied', 'expired', 'cancelled'];
  for (const { id, state } of records.changes.filter((row) => ends.includes(row.state))) {
    const trail = records.audit.filter(({ changeId }) => changeId === id);
    const told = trail.filter(({ event }) => ends.includes(event));
    const retries = trail.filter(({ event }) => event === 'retried');
    expect(told.length, `outcomes of a change that is ${state}`).toBe(1 + retries.length);
    expect(told.at(-1)?.event).toBe(state);
  }
}
