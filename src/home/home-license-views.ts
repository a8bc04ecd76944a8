import type { KnownBlock } from '@slack/types';
import { userLine } from '../license/user-text.ts';
import { context, header, section } from '../slack/blocks.ts';
import { count, escapeMrkdwn } from '../slack/mrkdwn.ts';
import type { PlatformFacts } from './home-shown.ts';

const MOST_HOLDERS = 15;
const HOLDERS_A_SECTION = 5;

/** How far the license is taken, or why that cannot be told. */
export function licenseBlocks(platform: PlatformFacts): readonly KnownBlock[] {
  if (!platform.answered) return [section(`:warning: ${escapeMrkdwn(platform.sentence)}`)];
  const { edition, license, holders } = platform;
  return [
    ...(edition === 'enterprise'
      ? [section(`${count(holders.length, 'active user')}. This edition has no limit.`)]
      : []),
    ...(license.meter === undefined ? [] : [section(license.meter)]),
    ...(license.warning === undefined ? [] : [section(license.warning)]),
  ];
}

/** Who holds a seat. */
export function holderBlocks({ edition, holders }: Extract<PlatformFacts, { answered: true }>) {
  const title = edition === 'community' ? 'Who holds a seat' : 'Active users';
  const shown = holders.slice(0, MOST_HOLDERS).map((user) => userLine(user));
  const sections: KnownBlock[] = [];
  for (let at = 0; at < shown.length; at += HOLDERS_A_SECTION)
    sections.push(section(shown.slice(at, at + HOLDERS_A_SECTION).join('\n')));
  const rest = holders.length - shown.length;
  return [
    header(title),
    ...(shown.length === 0 ? [section('Nobody.')] : [context('Idle longest first'), ...sections]),
    ...(rest > 0 ? [context(`… and ${rest} more: \`/wallaroo users active\` lists all.`)] : []),
  ];
}
