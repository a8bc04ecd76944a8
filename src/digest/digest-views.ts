import type { KnownBlock } from '@slack/types';
import { licenseBlocks } from '../license/license-desk.ts';
import { seatsText } from '../license/license-views.ts';
import { lastSignInText } from '../license/user-text.ts';
import { actorText } from '../slack/actor-text.ts';
import { context, header, MESSAGE_BUDGET, type Message, section, sizeOf } from '../slack/blocks.ts';
import { count, dateTime } from '../slack/mrkdwn.ts';
import { spoken } from '../slack/spoken.ts';
import { consoleUrl } from '../wallaroo/console-url.ts';
import { lastSignInOf, type WallarooUser } from '../wallaroo/user.ts';
import type { AccountFault, Digest } from './digest.ts';
import { endingRows } from './ending-views.ts';
import { happeningText } from './happening-text.ts';
import { nameText, personText, suggestionBlocks } from './suggestion-views.ts';

const MOST_BLOCKS = 50;
const MOST_WORKSPACES = 5;
/** How many of each kind are shown: the largest number that fits. */
const GENEROUS_TO_TERSE = [8, 6, 5, 4, 3, 2, 1, 0];
/** Room in a section of 3000 characters, beside its title and the count of the rest. */
const LIST_CHARACTERS = 2700;

/** The digest within Slack's limits, whatever it has to tell: the most telling first, the rest counted. */
export function digestMessage(digest: Digest): Message {
  const { meter } = digest;
  const taken = meter.kind === 'limited' ? `${seatsText(meter)} taken` : seatsText(meter);
  return { text: `Wallaroo license digest: ${taken}`, blocks: fittingBlocks(digest) };
}

/** What each part of that message says, as mrkdwn, for where nothing can be ticked. */
export const digestTexts = (digest: Digest): readonly string[] =>
  fittingBlocks(digest, false)
    .map((block) => spoken([block]))
    .filter((text) => text !== '');

function fittingBlocks(digest: Digest, boxes = true): readonly KnownBlock[] {
  for (const most of GENEROUS_TO_TERSE) {
    const blocks = digestBlocks(digest, most, boxes);
    if (blocks.length <= MOST_BLOCKS && sizeOf(blocks) <= MESSAGE_BUDGET) return blocks;
  }
  return digestBlocks(digest, 0, boxes);
}

function digestBlocks(digest: Digest, most: number, boxes: boolean): readonly KnownBlock[] {
  const { holders, meter, pending, window } = digest;
  const limited = meter.kind === 'limited';
  return [
    header('Wallaroo license digest'),
    ...(limited ? licenseBlocks(digest.license) : [section(`*${seatsText(meter)}*`)]),
    ...list(
      limited ? 'Who holds a seat, idle longest first' : 'Active users, idle longest first',
      holders,
      (user) => holderText(user, digest.ends.get(user.id)?.at),
      most,
      '`/wallaroo users active` lists all',
    ),
    ...endingRows(holders, digest.ends, Math.ceil(most / 2)),
    ...suggestionBlocks(digest.suggestions, {
      now: digest.at,
      idleDays: digest.idleDays,
      most,
      boxes,
      ends: digest.ends,
    }),
    ...list(
      'Pending requests',
      pending,
      ({ text, requesterId, createdAt }) =>
        `${actorText(requesterId)} asks to ${text} · ${dateTime(createdAt)}`,
      most,
      '`/wallaroo requests` lists all',
    ),
    ...whatChanged(digest, most),
    ...faultBlocks(digest, Math.ceil(most / 2)),
    ...ownerlessBlocks(digest),
    context(
      `Changes from ${dateTime(window.from)} to ${dateTime(window.to)}, the rest as of ${dateTime(digest.at)}.`,
      '"Last sign-in" comes from Wallaroo: people who work through other clients may look idle. Nothing happens without your confirmation.',
    ),
  ];
}

const holderText = (user: WallarooUser, end: Date | undefined): string =>
  [
    personText(user),
    ...(end === undefined ? [] : [`active until ${dateTime(end)}`]),
    lastSignInText(lastSignInOf(user)),
  ].join(' · ');

function whatChanged({ happenings, moreHappened }: Digest, most: number): readonly KnownBlock[] {
  if (happenings.length === 0) return [section('*What changed*\nNothing since the last digest.')];
  return list('What changed', happenings, happeningText, most, '`/wallaroo audit` tells all', moreHappened);
}

/** One line, as somebody has to become an owner before anybody can look after the workspace. */
function ownerlessBlocks({ ownerless }: Digest): readonly KnownBlock[] {
  if (ownerless === undefined || ownerless.ids.length === 0) return [];
  const { names, open } = ownerless;
  const rest = names.length - MOST_WORKSPACES;
  const some = `${names.slice(0, MOST_WORKSPACES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return [section(`*${count(names.length, 'workspace')} without an active owner:* ${some} :warning:`, open)];
}

function faultBlocks({ faults, authUrl }: Digest, most: number): readonly KnownBlock[] {
  const line = ({ user, problem }: AccountFault): string =>
    `${nameText(user)}: ${problem} · <${consoleUrl(authUrl, user.id)}|open in Keycloak>`;
  const remedies = [...new Set(faults.slice(0, most).map(({ remedy }) => remedy))];
  return [
    ...list(
      `Uploads may fail for ${count(faults.length, 'account')} :warning:`,
      faults,
      line,
      most,
      '`/wallaroo user` with an email tells what is wrong',
    ),
    ...(remedies.length > 0 ? [context(...remedies)] : []),
  ];
}

/** A titled list in one section: a line for each item until `most` are shown or the section is full, the rest counted. */
function list<T>(
  title: string,
  items: readonly T[],
  lineOf: (item: T) => string,
  most: number,
  where: string,
  more = false,
): readonly KnownBlock[] {
  if (items.length === 0) return [];
  const shown: string[] = [];
  let length = 0;
  for (const item of items.slice(0, most)) {
    const text = `• ${lineOf(item)}`;
    length += text.length + 1;
    if (length > LIST_CHARACTERS) break;
    shown.push(text);
  }
  const rest = items.length - shown.length;
  const atLeast = more ? 'at least ' : '';
  const restText =
    rest === 0 && !more ? [] : [`${shown.length > 0 ? '… and ' : ''}${atLeast}${rest} more: ${where}`];
  return [section([`*${title}*`, ...shown, ...restText].join('\n'))];
}
