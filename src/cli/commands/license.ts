import { licenseRules } from '../../core/platform.ts';
import { readMeter } from '../../license/license-desk.ts';
import { seatsText } from '../../license/license-views.ts';
import { levelOf, type Meter } from '../../license/seats.ts';
import type { LicenseReport } from '../../users/license-report-views.ts';
import { type CommandParts, VIEWER } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import {
  type Field,
  type FormatOptions,
  objectOf,
  tellsFields,
  writeRecord,
  writeRecords,
} from '../records.ts';
import { type Listed, userFields } from '../user-fields.ts';

interface Seats {
  readonly report: LicenseReport;
  readonly meter: Meter;
}

const limited = ({ meter }: Seats) => (meter.kind === 'limited' ? meter : undefined);

const holderFields: readonly Field<Listed>[] = userFields.filter(({ name }) =>
  ['name', 'email', 'username', 'lastSignIn', 'marks', 'id', 'idleDays', 'until', 'created'].includes(name),
);

const holdersOf = ({ holders, standing }: LicenseReport): readonly Listed[] =>
  holders.map((user) => ({ user, standing }));

/** What is told of the license; seats are absent on Enterprise, which has no limit. */
const fields: readonly Field<Seats>[] = [
  { name: 'edition', value: ({ report }) => report.edition },
  { name: 'taken', value: ({ meter }) => meter.taken },
  { name: 'seats', value: (seats) => limited(seats)?.seats },
  { name: 'warnAt', value: (seats) => limited(seats)?.warnAt },
  { name: 'level', value: (seats) => (limited(seats) ? levelOf(seats.meter) : undefined) },
  { name: 'exempt', value: ({ report }) => report.exempt },
  {
    name: 'holders',
    value: ({ report }) => holdersOf(report).map((holder) => objectOf(holderFields, holder)),
  },
];

const STATE: Readonly<Record<string, string>> = {
  near: 'The license is nearly full.',
  full: 'The license is full: deactivate somebody, or swap two users, to let another one in.',
  over: 'More users are active than the license allows: deactivate some.',
};

/** `license`: the seats, and who holds them, idle longest first. */
export async function license(parts: CommandParts, options: FormatOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, fields, options)) return EXIT.done;
  const { core, config, wallaroo } = await parts.office();
  const [report, users] = await terminal.spin(
    'Counting seats',
    Promise.all([core.users.license(VIEWER), wallaroo.listUsers()]),
  );
  const seats: Seats = { report, meter: readMeter(licenseRules(config, ''), users) };
  if (options.csv || typeof options.json === 'string') {
    writeRecord(terminal, fields, seats, options);
    return EXIT.done;
  }
  terminal.out(`${seatsText(seats.meter)}${seats.meter.kind === 'limited' ? ' taken' : ''}\n`);
  const warning = limited(seats) === undefined ? undefined : STATE[levelOf(seats.meter)];
  if (warning !== undefined) terminal.say(warning);
  writeRecords(terminal, holderFields, holdersOf(report), options);
  return EXIT.done;
}
