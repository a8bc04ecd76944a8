import { type LicenseLines, licenseBlocks } from '../license/license-desk.ts';
import { labelOf } from '../license/user-text.ts';
import { actions, context, header, type Message, section } from '../slack/blocks.ts';
import { openWallaroo } from '../slack/link-button.ts';
import { code, count } from '../slack/mrkdwn.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Standing } from './standing.ts';
import { userRow } from './user-lines.ts';

export interface LicenseReport {
  readonly edition: 'community' | 'enterprise';
  readonly license: LicenseLines;
  readonly standing: Standing;
  /** Idle longest first. */
  readonly holders: readonly WallarooUser[];
  /** Users who are active without taking a seat. */
  readonly exempt: number;
  /** Active users whose uploads may fail. */
  readonly unhealthy: readonly WallarooUser[];
  /** The instance's address. */
  readonly wallarooUrl: string;
}

const MOST_HOLDERS = 15;

/** Edition, seats taken of seats allowed, who holds them, idle longest first. */
export function licenseMessage(report: LicenseReport): Message {
  const { edition, license, standing, holders, exempt, unhealthy } = report;
  const rest = holders.length - MOST_HOLDERS;
  const name = edition === 'community' ? 'Community' : 'Enterprise';
  return {
    text: `Wallaroo ${name} license: ${count(holders.length, 'active user')}`,
    blocks: [
      header(`Wallaroo ${name} license`),
      ...licenseBlocks(license),
      ...(edition === 'enterprise'
        ? [section(`${count(holders.length, 'active user')}. This edition has no limit.`)]
        : []),
      section(
        edition === 'community'
          ? '*Who holds a seat, idle longest first*'
          : '*Active users, idle longest first*',
      ),
      ...holders.slice(0, MOST_HOLDERS).map((user) => userRow(user, standing)),
      ...(rest > 0 ? [context(`… and ${rest} more: \`/wallaroo users active\` lists all.`)] : []),
      ...(exempt > 0
        ? [context(`${count(exempt, 'more active user')} without a seat (setting SEAT_EXEMPT).`)]
        : []),
      ...(unhealthy.length > 0 ? [context(unhealthyText(unhealthy))] : []),
      context('"Last sign-in" comes from Wallaroo: people who work through other clients may look idle.'),
      actions(openWallaroo(report.wallarooUrl)),
    ],
  };
}

const MOST_NAMED = 5;

function unhealthyText(users: readonly WallarooUser[]): string {
  const named = users.slice(0, MOST_NAMED).map((user) => code(labelOf(user)));
  const rest = users.length - named.length;
  const who = `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return `Uploads may fail for ${count(users.length, 'account')}: ${who}. \`View\` says why, and how to fix it. :warning:`;
}
