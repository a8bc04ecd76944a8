import type { KnownBlock } from '@slack/types';
import { section } from '../slack/blocks.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { meterText, seatsLine } from './license-views.ts';
import { type License, type Meter, meterOf, type Names, seatHolders } from './seats.ts';
import { warningText } from './warning-text.ts';

/** The license of this instance, as settings tell it. */
export interface LicenseRules {
  readonly license: License;
  readonly exempt: Names;
  /** Mentions of the administrators, for people who have to ask one. */
  readonly administrators: string;
}

export const readMeter = ({ license, exempt }: LicenseRules, users: readonly WallarooUser[]): Meter =>
  meterOf(license, seatHolders(users, exempt).length);

/** What answers show of the license; all absent on Enterprise. */
export interface LicenseLines {
  /** How it stands, for forms, results and lists. */
  readonly line: string | undefined;
  readonly meter: string | undefined;
  readonly warning: string | undefined;
}

export const licenseLines = (rules: LicenseRules, meter: Meter, administrator: boolean): LicenseLines => ({
  line: seatsLine(meter),
  meter: meterText(meter),
  warning: warningText(meter, { administrator, administrators: rules.administrators }),
});

/** The license in one line. */
export const licenseLine = ({ line }: Pick<LicenseLines, 'line'>): readonly KnownBlock[] =>
  line === undefined ? [] : [section(line)];

/** The license in full: meter and warning. */
export const licenseBlocks = ({
  meter,
  warning,
}: Pick<LicenseLines, 'meter' | 'warning'>): readonly KnownBlock[] => [
  ...(meter === undefined ? [] : [section(meter)]),
  ...(warning === undefined ? [] : [section(warning)]),
];
