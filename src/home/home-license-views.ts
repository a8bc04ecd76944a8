import type { KnownBlock } from '@slack/types';
import { context, header, section } from '../slack/blocks.ts';
import { count, escapeMrkdwn } from '../slack/mrkdwn.ts';
import type { Room } from '../slack/rows.ts';
import { listed } from './home-list-views.ts';
import type { PlatformFacts } from './home-shown.ts';

/** How far the license is taken, or why that cannot be told. */
export function licenseBlocks(platform: PlatformFacts): readonly KnownBlock[] {
  if (!platform.answered) return [section(`${escapeMrkdwn(platform.sentence)} :warning:`)];
  const { edition, license, taken } = platform;
  return [
    ...(edition === 'enterprise'
      ? [section(`${count(taken, 'active user')}. This edition has no limit.`)]
      : []),
    ...(license.meter === undefined ? [] : [section(license.meter)]),
    ...(license.warning === undefined ? [] : [section(license.warning)]),
  ];
}

/** Who holds a seat, each with a menu, within `room`. */
export function holderBlocks(
  { edition, taken, holders }: Extract<PlatformFacts, { answered: true }>,
  room: Room,
): readonly KnownBlock[] {
  return [
    header(edition === 'community' ? 'Who holds a seat' : 'Active users'),
    ...(holders.length === 0
      ? [section('Nobody.')]
      : [
          context('Idle longest first'),
          ...listed(holders, taken, room, '`/wallaroo users active` lists all.'),
        ]),
  ];
}

/** Blocks that `holderBlocks` draws beside the rows at most. */
export const HOLDERS_FRAME = 3;
