import { USER_IS_GONE } from '../../texts/said-often.ts';
import { problemText } from '../../users/account-health.ts';
import type { UserCardFacts } from '../../users/user-card-views.ts';
import { type CommandParts, VIEWER } from '../command.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import { type Field, type FormatOptions, tellsFields, writeRecord } from '../records.ts';
import { resolveOne } from '../resolve-who.ts';
import { userFields } from '../user-fields.ts';

const rolesOf = ({ user: { realmRoles } }: UserCardFacts): string =>
  realmRoles === undefined ? 'not known' : realmRoles.join(', ') || 'user';

const faultsOf = ({ health }: UserCardFacts): readonly string[] =>
  [...health.faults, ...health.hints].map(problemText);

const headings: Readonly<Record<string, string>> = {
  state: 'State',
  name: 'Name',
  email: 'Email',
  username: 'Username',
  lastSignIn: 'Last sign-in',
  id: 'Id',
  created: 'Created',
  marks: 'Marks',
  neverDeactivated: 'Never deactivated',
};

/** What is told of one user. */
const fields: readonly Field<UserCardFacts>[] = [
  ...userFields.map(
    ({ name, value, cell }): Field<UserCardFacts> => ({
      name,
      value,
      ...(headings[name] === undefined ? {} : { heading: headings[name] }),
      ...(name === 'roles' ? { heading: 'Roles', cell: rolesOf } : cell && { cell }),
    }),
  ),
  {
    name: 'workspaces',
    heading: 'Workspaces',
    value: ({ workspaces }) =>
      workspaces?.map(({ workspaceId, name, role, otherOwners }) => ({
        id: workspaceId,
        name,
        role: role ?? null,
        otherOwners,
      })),
    cell: ({ workspaces }) =>
      workspaces === undefined
        ? 'cannot be read'
        : workspaces.map(({ name, role = 'member' }) => `${name} (${role})`).join(', '),
  },
  { name: 'problems', heading: 'Problems', value: faultsOf, cell: (facts) => faultsOf(facts).join('; ') },
  { name: 'console', heading: 'Console', value: ({ consoleUrl }) => consoleUrl },
];

/** `user <who>` */
export async function user(parts: CommandParts, who: string, options: FormatOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, fields, options)) return EXIT.done;
  const { core } = await parts.office();
  const found = await terminal.spin('Looking the user up', resolveOne(core.users, who));
  const card = await terminal.spin('Reading the user', core.users.card(found.id, VIEWER));
  if (card === undefined) throw new CommandError(EXIT.unclear, USER_IS_GONE);
  writeRecord(terminal, fields, card, options);
  return EXIT.done;
}
