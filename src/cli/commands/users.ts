import { nobodyText } from '../../users/list-views.ts';
import { FILTERS, idleTime, type ListQuery, parseListQuery } from '../../users/user-list.ts';
import { type CommandParts, VIEWER } from '../command.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import { plainOf } from '../plain.ts';
import { type Field, type FormatOptions, tellsFields, writeRecords } from '../records.ts';
import { idleFields, type Listed, userFields } from '../user-fields.ts';

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
  return writeUsers(parts, queryOf(words, options.state), userFields, options);
}

/** `idle [60d]`: who looks idle and could be deactivated, idle longest first. */
export async function idle(
  parts: CommandParts,
  words: readonly string[],
  options: FormatOptions,
): Promise<ExitCode> {
  if (tellsFields(parts.terminal, idleFields, options)) return EXIT.done;
  const query: ListQuery = { ...idleTime(words.join(' ')), state: 'idle', toFree: true, page: 0 };
  return writeUsers(parts, query, idleFields, options);
}

async function writeUsers(
  parts: CommandParts,
  query: ListQuery,
  fields: readonly Field<Listed>[],
  options: FormatOptions,
): Promise<ExitCode> {
  const { terminal } = parts;
  const { core } = await parts.office();
  const reading = core.lists.all(query, VIEWER);
  const { users: found, standing, idleMs } = await terminal.spin('Asking Wallaroo for its users', reading);
  if (found.length === 0) terminal.say(plainOf(nobodyText(query, idleMs)));
  const listed = found.map((user) => ({ user, standing }));
  writeRecords(terminal, fields, listed, options);
  return EXIT.done;
}

/** `--state idle 60d` says what `idle 60d` says; a state that is named twice has to be the same. */
function queryOf(words: readonly string[], state: string | undefined): ListQuery {
  const typed = words.join(' ');
  if (state === undefined) return parseListQuery(typed);
  const named = FILTERS.find((filter) => filter === words[0]?.toLowerCase());
  if (named === undefined) return parseListQuery(`${state} ${typed}`);
  if (named === state) return parseListQuery(typed);
  throw new CommandError(
    EXIT.usage,
    `"${named}" and --state ${state} name two states: leave one of them out.`,
  );
}
