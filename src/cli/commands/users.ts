import { FILTERS, type ListQuery, parseListQuery } from '../../users/user-list.ts';
import { type CommandParts, VIEWER } from '../command.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import { type FormatOptions, tellsFields, writeRecords } from '../records.ts';
import { userFields } from '../user-fields.ts';

export interface UsersOptions extends FormatOptions {
  readonly state?: string;
}

/** `users [active|inactive|all|idle [60d]|never] [search words]` */
export async function users(
  parts: CommandParts,
  words: readonly string[],
  options: UsersOptions,
): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, userFields, options)) return EXIT.done;
  const query = queryOf(words, options.state);
  const { core } = await parts.office();
  const reading = core.lists.all(query, VIEWER);
  const { users: found, standing } = await terminal.spin('Asking Wallaroo for its users', reading);
  if (found.length === 0) terminal.say('No user fits.');
  const listed = found.map((user) => ({ user, standing }));
  writeRecords(terminal, userFields, listed, options);
  return EXIT.done;
}

function queryOf(words: readonly string[], state: string | undefined): ListQuery {
  const query = parseListQuery(words.join(' '));
  if (state === undefined) return query;
  const filter = FILTERS.find((known) => known === state);
  if (filter === undefined)
    throw new CommandError(EXIT.usage, `--state is one of ${FILTERS.join(', ')}, not "${state}".`);
  return { ...query, state: filter };
}
