import { stepsOf } from '../../changes/confirm/confirmation.ts';
import { tooManyAtOnce } from '../../changes/confirm/several.ts';
import type { Turn } from '../../changes/steps/step-kind.ts';
import { labelOf } from '../../license/user-text.ts';
import type { Ending } from '../../texts/ending.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { CommandParts, CommonOptions } from '../command.ts';
import { confirmChange } from '../confirm-change.ts';
import { refuseUnasked } from '../consent.ts';
import { effectLines, refuseImpossible } from '../effect.ts';
import { type EndingOptions, endingAsOption, endingLines, endingOption } from '../ending-option.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import type { HandOverOptions } from '../hand-over-options.ts';
import { makeAll } from '../make-all.ts';
import { type Outcome, outcomeFields } from '../outcome.ts';
import { tellsFields } from '../records.ts';
import { readWhos, resolveAll, resolveOne } from '../resolve-who.ts';
import { severalFacts } from '../several-facts.ts';

export interface SwitchOptions extends CommonOptions, EndingOptions, HandOverOptions {
  /** Who leaves in exchange for the one who is activated, as typed. */
  readonly exchange?: string;
}

interface Switching {
  readonly kind: 'activate' | 'deactivate' | 'swap';
  readonly turns: readonly [Turn, ...Turn[]];
  readonly ending: Ending | undefined;
  /** Who is as wanted already. */
  readonly already: readonly Outcome[];
}

/** `activate <who...>` and `deactivate <who...>`: several are one change, of which each user is a step of its own. */
export async function switchUsers(
  parts: CommandParts,
  enabled: boolean,
  typed: readonly string[],
  options: SwitchOptions,
): Promise<ExitCode> {
  if (tellsFields(parts.terminal, outcomeFields, options)) return EXIT.done;
  const { users, ending } = await usersMeant(parts, typed, options).catch((error: unknown) => {
    throw enabled ? withEndingHint(error, typed) : error;
  });
  if (options.exchange !== undefined && users.length > 1) throw new CommandError(EXIT.usage, ONE_FOR_ONE);
  const already = users
    .filter((user) => user.enabled === enabled)
    .map((user) => alreadySo(user, ending, options));
  const turns = users.filter((user) => user.enabled !== enabled).map(({ id }) => ({ userId: id, enabled }));
  const [first, ...others] = turns;
  if (first === undefined) return makeAll(parts, [], options, already);
  const tooMany = tooManyAtOnce(turns.length);
  if (tooMany !== undefined) throw new CommandError(EXIT.refused, tooMany);
  if (options.exchange !== undefined) return exchanged(parts, first, ending, options);
  const kind = enabled ? 'activate' : 'deactivate';
  return confirmed(parts, { kind, turns: [first, ...others], ending, already }, options);
}

/** Who types a time behind a name, as in Slack, reads that it is an option here. */
function withEndingHint(error: unknown, typed: readonly string[]): unknown {
  if (!(error instanceof CommandError) || error.exitCode !== EXIT.unclear) return error;
  const option = endingAsOption(typed, new Date());
  if (option === undefined) return error;
  return new CommandError(EXIT.unclear, `${error.userMessage}\nA time is an option here: ${option}`);
}

const ONE_FOR_ONE = 'With --exchange one user leaves for one who comes. Nothing was changed.';
const TWO_USERS = 'A swap takes two users: one who leaves, and another who comes.';

/** `activate <who> --exchange <who>` */
async function exchanged(
  parts: CommandParts,
  comes: Turn,
  ending: Ending | undefined,
  options: SwitchOptions,
): Promise<ExitCode> {
  const { core } = await parts.office();
  const leaves = await resolveOne(core.users, options.exchange ?? '');
  if (leaves.id === comes.userId) throw new CommandError(EXIT.usage, TWO_USERS);
  const turns = [{ userId: leaves.id, enabled: false }, comes] as const;
  return confirmed(parts, { kind: 'swap', turns: [...turns], ending, already: [] }, options);
}

/** `swap <who leaves> <who comes>`: both or neither. */
export async function swapUsers(
  parts: CommandParts,
  typed: readonly string[],
  options: SwitchOptions,
): Promise<ExitCode> {
  if (tellsFields(parts.terminal, outcomeFields, options)) return EXIT.done;
  const { users, ending } = await usersMeant(parts, typed, options);
  const [leaves, comes, ...more] = users;
  if (leaves === undefined || comes === undefined || more.length > 0)
    throw new CommandError(EXIT.usage, TWO_USERS);
  const turns = [
    { userId: leaves.id, enabled: false },
    { userId: comes.id, enabled: true },
  ] as const;
  return confirmed(parts, { kind: 'swap', turns: [...turns], ending, already: [] }, options);
}

async function usersMeant(parts: CommandParts, typed: readonly string[], options: SwitchOptions) {
  refuseUnasked(parts, options);
  const ending = endingOption(options, new Date());
  const whos = await readWhos(parts, typed);
  return { ending, users: await parts.terminal.spin('Looking up who is meant', resolveAll(parts, whos)) };
}

/** Reads what it does, shows it, asks, and does it. */
async function confirmed(
  parts: CommandParts,
  { kind, turns, ending, already }: Switching,
  options: SwitchOptions,
): Promise<ExitCode> {
  const { terminal } = parts;
  const { core } = await parts.office();
  const independent = kind !== 'swap' && turns.length > 1;
  const gathering = independent ? severalFacts(parts, turns) : core.desk.gather(turns, undefined);
  const facts = await terminal.spin('Reading seats and workspaces', gathering);
  refuseImpossible(facts, kind, options.dryRun ? (line) => terminal.say(line) : undefined);
  const effect = [...effectLines(facts), ...endingLines(ending)];
  return confirmChange(
    parts,
    { facts, steps: stepsOf(facts), effect, independent, ending, already },
    options,
  );
}

/** That a user is as wanted is no change; an end, or an exchange, that was asked for would be one. */
function alreadySo(user: WallarooUser, ending: Ending | undefined, { exchange }: SwitchOptions): Outcome {
  const stands = `${labelOf(user)} is already ${user.enabled ? 'active' : 'inactive'}`;
  const undone = [
    ...(ending === undefined ? [] : ['no end was set']),
    ...(exchange === undefined ? [] : ['nobody left in exchange']),
  ].join(', and ');
  return {
    outcome: undone === '' ? 'already' : 'failed',
    exitCode: undone === '' ? EXIT.done : EXIT.refused,
    user: labelOf(user),
    userId: user.id,
    changeId: undefined,
    sentence: `${stands}: ${undone || 'nothing to do'}.`,
    seatsBefore: undefined,
    seatsAfter: undefined,
  };
}
