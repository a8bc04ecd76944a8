import { type ConfirmFacts, seatDelta } from '../../changes/confirm/confirmation.ts';
import type { Turn } from '../../changes/steps/step-kind.ts';
import { forecast, namesOf } from '../../license/seats.ts';
import { labelOf } from '../../license/user-text.ts';
import type { Ending } from '../../texts/ending.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { CommandParts, CommonOptions } from '../command.ts';
import { askConsent, refuseUnasked } from '../consent.ts';
import { effectLines, refuseImpossible } from '../effect.ts';
import { type EndingOptions, endingLines, endingOption } from '../ending-option.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import { makeAll, type Planned, tellDryRun } from '../make-all.ts';
import type { Office } from '../office.ts';
import { type Outcome, outcomeFields } from '../outcome.ts';
import { tellsFields } from '../records.ts';
import { readWhos, resolveAll } from '../resolve-who.ts';

export type SwitchOptions = CommonOptions & EndingOptions;

interface Switching {
  readonly kind: 'activate' | 'deactivate' | 'swap';
  readonly turns: readonly [Turn, ...Turn[]];
  readonly ending: Ending | undefined;
  /** Who is as wanted already. */
  readonly already: readonly Outcome[];
}

/** `activate <who...>` and `deactivate <who...>`: each user a change of their own. */
export async function switchUsers(
  parts: CommandParts,
  enabled: boolean,
  typed: readonly string[],
  options: SwitchOptions,
): Promise<ExitCode> {
  if (tellsFields(parts.terminal, outcomeFields, options)) return EXIT.done;
  const { users, ending } = await usersMeant(parts, typed, options);
  const already = users.filter((user) => user.enabled === enabled).map((user) => alreadySo(user, ending));
  const turns = users.filter((user) => user.enabled !== enabled).map(({ id }) => ({ userId: id, enabled }));
  const [first, ...others] = turns;
  if (first === undefined) return makeAll(parts, [], options, already);
  const kind = enabled ? 'activate' : 'deactivate';
  return confirmed(parts, { kind, turns: [first, ...others], ending, already }, options);
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
    throw new CommandError(EXIT.usage, 'A swap takes two users: one who leaves, and another who comes.');
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

/** Shows what it does, asks, and does it: a swap as one change, others each for itself. */
async function confirmed(
  parts: CommandParts,
  { kind, turns, ending, already }: Switching,
  options: SwitchOptions,
): Promise<ExitCode> {
  const { terminal } = parts;
  const office = await parts.office();
  const gathering = office.core.desk.gather(turns, undefined);
  const facts = await terminal.spin('Reading seats and workspaces', gathering);
  const needsApproval = office.core.changes.needsApproval(true);
  const effect = [...effectLines(facts, needsApproval), ...endingLines(ending)];
  refuseImpossible(facts, kind, options.dryRun ? (line) => terminal.say(line) : undefined);
  if (options.dryRun) return tellDryRun(parts, options, { facts, effect, needsApproval, already });
  await askConsent(parts, options, effect);
  const planned: readonly Planned[] = kind === 'swap' ? [{ facts, ending }] : oneByOne(facts, ending, office);
  return makeAll(parts, planned, options, already);
}

/** The facts of each user alone, seats counted on from one to the next. */
function oneByOne(facts: ConfirmFacts, ending: Ending | undefined, { config }: Office): readonly Planned[] {
  const exempt = namesOf(config.SEAT_EXEMPT);
  let { before } = facts;
  return facts.subjects.map((subject) => {
    const after = forecast(before, seatDelta(subject, exempt));
    const one = { ...facts, subjects: [subject], before, after };
    before = after;
    return { facts: one, ending };
  });
}

/** That a user is as wanted is no change; an end that was asked for would be one. */
function alreadySo(user: WallarooUser, ending: Ending | undefined): Outcome {
  const stands = `${labelOf(user)} is already ${user.enabled ? 'active' : 'inactive'}`;
  const isUnended = ending !== undefined;
  return {
    outcome: isUnended ? 'failed' : 'already',
    exitCode: isUnended ? EXIT.refused : EXIT.done,
    user: labelOf(user),
    userId: user.id,
    changeId: undefined,
    sentence: isUnended ? `${stands}: no end was set.` : `${stands}: nothing to do.`,
    seatsBefore: undefined,
    seatsAfter: undefined,
  };
}
