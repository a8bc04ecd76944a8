import type { SeenMessage, SeenView } from '../../sandbox/slack/person/seen.ts';
import { filledModal, LICENSE, type World } from './world.ts';

/** Lets so much time go by, and waits until the bot has done what is due then. */
export async function pass(world: World, ms: number): Promise<void> {
  world.advance(ms);
  await world.bot.settled();
}

/** Types a command and waits for its answer in the channel, whatever is posted to all there meanwhile. */
export function ask(world: World, userId: string, command: string, channel = LICENSE): Promise<SeenMessage> {
  const type = () => world.slack.as(userId).type(channel, command);
  return newMessage(world, userId, channel, type, ({ isEphemeral }) => isEphemeral);
}

/** Does something and waits for the message that comes of it. */
export async function newMessage(
  { slack }: World,
  userId: string,
  channel: string,
  act: () => Promise<unknown>,
  isMeant: (message: SeenMessage) => boolean = () => true,
): Promise<SeenMessage> {
  const meant = () => slack.as(userId).messages(channel).filter(isMeant);
  const before = meant().length;
  await act();
  return slack.until(() => {
    const messages = meant();
    return messages.length > before ? messages.at(-1) : undefined;
  });
}

/** Types a command and waits for its modal to be filled. */
export async function askModal(
  world: World,
  userId: string,
  command: string,
  channel = LICENSE,
): Promise<SeenView> {
  const person = world.slack.as(userId);
  if (person.modal() !== undefined) await person.close('all');
  await person.type(channel, command);
  return filledModal(world, userId);
}

/** Does something in a modal and waits until it shows something else, filled. */
export async function nextModal(
  world: World,
  userId: string,
  act: () => Promise<unknown>,
): Promise<SeenView> {
  const { slack } = world;
  const before = slack.as(userId).modal();
  const was = before === undefined ? undefined : `${before.viewId} ${slack.textOf(before)}`;
  await act();
  return slack.until(() => {
    const modal = slack.as(userId).modal();
    if (modal === undefined || /Loading…|Working…/.test(slack.textOf(modal))) return undefined;
    return `${modal.viewId} ${slack.textOf(modal)}` === was ? undefined : modal;
  });
}

/** Submits the modal on top and waits for what comes of it. */
export async function submit(world: World, userId: string): Promise<SeenView> {
  await world.slack.as(userId).submit();
  return filledModal(world, userId);
}

/** The message as it stands now. */
export function messageNow({ slack }: World, userId: string, { channel, ts }: SeenMessage): SeenMessage {
  const message = slack
    .as(userId)
    .messages(channel)
    .find((it) => it.ts === ts);
  if (message === undefined) throw new Error(`message ${ts} is gone`);
  return message;
}
