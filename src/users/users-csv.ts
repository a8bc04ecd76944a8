import { csvHeading, csvRows } from '../texts/csv.ts';
import { createdAtOf, lastSignInOf, type WallarooUser } from '../wallaroo/user.ts';
import type { Work } from '../work.ts';
import { idleDaysOf, type Standing } from './standing.ts';

type Cell = (user: WallarooUser, standing: Standing) => string | undefined;

/** The columns in order. Moments are ISO 8601 in UTC. */
const COLUMNS: readonly (readonly [name: string, cell: Cell])[] = [
  ['state', ({ enabled }) => (enabled ? 'active' : 'inactive')],
  ['email', ({ email }) => email],
  ['username', ({ username }) => username],
  ['first name', ({ firstName }) => firstName],
  ['last name', ({ lastName }) => lastName],
  [
    'last sign-in',
    (user) => {
      const lastSignIn = lastSignInOf(user);
      return lastSignIn.kind === 'at' ? stamp(lastSignIn.at) : SIGN_IN[lastSignIn.kind];
    },
  ],
  ['idle days', (user, standing) => idleDaysOf(user, standing)?.toString()],
  ['active until', (user, { endOf }) => stamp(endOf(user)?.at)],
  ['never deactivated because', (user, { whyNeverDeactivated }) => whyNeverDeactivated(user)],
  ['created', (user) => stamp(createdAtOf(user))],
  ['roles', ({ realmRoles }) => realmRoles?.join('; ')],
  ['id', ({ id }) => id],
];

const SIGN_IN = { never: 'never', unknown: 'not known' } as const;

const stamp = (at: Date | undefined): string | undefined => at?.toISOString();

const AT_A_TIME = 50;

/** Users as CSV, in the order given, a few at a time. */
export function* usersCsv(users: readonly WallarooUser[], standing: Standing): Work<Buffer> {
  const parts = [Buffer.from(csvHeading(COLUMNS.map(([name]) => name)))];
  for (let from = 0; from < users.length; from += AT_A_TIME) {
    const some = users.slice(from, from + AT_A_TIME);
    parts.push(Buffer.from(csvRows(some.map((user) => COLUMNS.map(([, cell]) => cell(user, standing))))));
    yield;
  }
  return Buffer.concat(parts);
}
