import { sharesName } from '../access/workspace-rules.ts';
import type { ConfirmFacts } from '../changes/confirm/confirmation.ts';
import type { Orphan } from '../changes/confirm/hand-over.ts';
import type { HandOver } from '../changes/steps/hand-over.ts';
import { labelOf } from '../license/user-text.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { CommandParts, CommonOptions } from './command.ts';
import { goOn, sayEffect } from './consent.ts';
import { refused } from './effect.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import type { HandOverOptions } from './hand-over-options.ts';
import { printable } from './plain.ts';
import { resolveOne } from './resolve-who.ts';
import { resolveWorkspace } from './resolve-workspace.ts';

/** What options say of the workspaces that a change leaves without an active OWNER. */
export interface HandOverPlan {
  readonly orphans: readonly Orphan[];
  readonly chosen: readonly HandOver[];
  /** Ids of who leaves: they take over nothing. */
  readonly leaving: readonly string[];
  /** Whether it is left to who approves what becomes of those of which nobody says anything. */
  readonly leftToApprover: boolean;
}

/** What is to become of them. */
export interface HandOvers {
  readonly chosen: readonly HandOver[];
  /** Whether who approves has to say what becomes of some. */
  readonly isOpen: boolean;
}

type Facts = Pick<ConfirmFacts, 'orphans' | 'subjects'>;

/**
 * Reads `--new-owner` and `--leave-without-owner` against what the change would leave without an active OWNER.
 * @throws CommandError where they do not fit, or leave one of them open that nobody is asked about
 */
export async function planHandOvers(
  parts: CommandParts,
  { orphans = [], subjects }: Facts,
  options: CommonOptions & HandOverOptions,
  leftToApprover: boolean,
): Promise<HandOverPlan> {
  const leaving = subjects.flatMap(({ user, enabled }) => (enabled ? [] : [user.id]));
  const named: HandOver[] = [];
  for (const typed of options.newOwner ?? []) {
    const one = await namedOwner(parts, typed, orphans, leaving);
    if (named.some(({ workspaceId }) => workspaceId === one.workspaceId))
      throw usage(`--new-owner names somebody for ${one.workspace} twice.`);
    named.push(one);
  }
  const rest = orphans.filter(({ workspaceId }) => named.every((one) => one.workspaceId !== workspaceId));
  const left = options.leaveWithoutOwner ? rest.map(without) : [];
  const isForgotten = named.length > 0 && rest.length > left.length && !leftToApprover;
  if (isForgotten && options.yes && !options.dryRun) throw refused(forgottenText(rest));
  return { orphans, chosen: [...named, ...left], leaving, leftToApprover };
}

const usage = (sentence: string): CommandError =>
  new CommandError(EXIT.usage, `Nothing was changed. ${printable(sentence)}`);

const without = ({ workspaceId, workspace }: Orphan): HandOver => ({ workspaceId, workspace, to: undefined });

const forgottenText = (orphans: readonly Orphan[]): string =>
  `Nobody active would own ${orphans.map(({ workspace }) => workspace).join(', ')} any more. Say who takes over with --new-owner <workspace>=<who>, or --leave-without-owner.`;

/** What one `--new-owner <workspace>=<who>` says. */
async function namedOwner(
  parts: CommandParts,
  typed: string,
  orphans: readonly Orphan[],
  leaving: readonly string[],
): Promise<HandOver> {
  const [, place, who] = /^([^=]*)=(.*)$/s.exec(typed) ?? [];
  if (!place?.trim() || !who?.trim())
    throw usage(`--new-owner takes <workspace>=<who>, such as fraud-models=nora@ex.co, not "${typed}".`);
  const { workspace, all } = await resolveWorkspace(parts, place);
  const orphan = orphans.find(({ workspaceId }) => workspaceId === workspace.id);
  if (orphan === undefined) throw refused(keptText(workspace.name, orphans));
  const isShared = sharesName(workspace, all);
  return { ...without(orphan), sharesName: isShared, to: await heirOf(parts, who, leaving) };
}

const keptText = (name: string, orphans: readonly Orphan[]): string =>
  `This does not leave ${name} without an active owner, so --new-owner names nobody there.${
    orphans.length === 0 ? '' : ` It leaves without: ${orphans.map(({ workspace }) => workspace).join(', ')}.`
  }`;

/** Who takes over: active, and none of those who leave. */
async function heirOf(
  parts: CommandParts,
  typed: string,
  leaving: readonly string[],
): Promise<NonNullable<HandOver['to']>> {
  const { core } = await parts.office();
  const user = await resolveOne(core.users, typed);
  const hindrance = hindranceOf(user, leaving);
  if (hindrance !== undefined) throw refused(hindrance);
  return { userId: user.id, label: labelOf(user) };
}

function hindranceOf(user: WallarooUser, leaving: readonly string[]): string | undefined {
  const why = leaving.includes(user.id) ? 'leaves as well' : user.enabled ? undefined : 'is inactive';
  return why && `${labelOf(user)} ${why}, so they cannot take over. Name somebody active who stays.`;
}

/** What becomes of each such workspace, in lines for people; `asks`: of what is open they are asked next. */
export const handOverLines = (plan: HandOverPlan, asks: boolean): readonly string[] =>
  plan.orphans.map((orphan) => {
    const line = `No active owner would be left in ${nameIn(orphan, plan.orphans)}`;
    const fate = fateOf(orphan, plan, asks);
    return `  ${printable(fate === undefined ? line : `${line}: ${fate}`)}`;
  });

function fateOf(orphan: Orphan, { chosen, leftToApprover }: HandOverPlan, asks: boolean): string | undefined {
  const one = chosen.find(({ workspaceId }) => workspaceId === orphan.workspaceId);
  if (one !== undefined) return one.to === undefined ? 'left without' : `${one.to.label} becomes OWNER first`;
  if (leftToApprover) return 'who approves chooses who takes over';
  return asks ? undefined : `left without, unless you add --new-owner ${orphan.workspaceId}=<who>`;
}

/** With the id where two of them have the same name. */
const nameIn = ({ workspaceId, workspace }: Orphan, all: readonly Orphan[]): string =>
  all.filter((one) => one.workspace === workspace).length > 1
    ? `${workspace} (id ${workspaceId})`
    : workspace;

/** Shows what a change does, asks who takes over where nobody has said so, and whether to go on; `--yes` answers. */
export async function agreeOn(
  parts: CommandParts,
  options: CommonOptions,
  effect: readonly string[],
  plan: HandOverPlan,
): Promise<HandOvers> {
  const isSaid = ({ workspaceId }: Orphan) => plan.chosen.some((one) => one.workspaceId === workspaceId);
  const open = plan.orphans.filter((orphan) => !isSaid(orphan));
  if (options.yes) return settled(plan, open.map(without));
  sayEffect(parts, effect);
  const answers: HandOver[] = [];
  for (const orphan of open) answers.push(await answerFor(parts, orphan, plan));
  await goOn(parts);
  return settled(plan, answers);
}

/** Of a request, who approves says what nobody has said. */
const settled = ({ chosen, leftToApprover }: HandOverPlan, answers: readonly HandOver[]): HandOvers => {
  const said = leftToApprover ? answers.filter(({ to }) => to !== undefined) : answers;
  return { chosen: [...chosen, ...said], isOpen: said.length < answers.length };
};

const MOST_OFFERED = 5;

/** Asks until the answer is understood; Enter leaves the workspace without. */
async function answerFor(parts: CommandParts, orphan: Orphan, plan: HandOverPlan): Promise<HandOver> {
  const { terminal } = parts;
  const members = orphan.members.slice(0, MOST_OFFERED).map(labelOf);
  const offered = members.length === 0 ? '' : ` (its members: ${members.join(', ')})`;
  const enter = plan.leftToApprover ? 'who approves chooses' : 'leave it without';
  const question = `New owner of ${nameIn(orphan, plan.orphans)}${offered}? [Enter: ${enter}]`;
  for (;;) {
    const answer = await terminal.ask(`${printable(question)} `);
    if (answer.trim() === '') return without(orphan);
    try {
      return { ...without(orphan), to: await heirOf(parts, answer, plan.leaving) };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      terminal.say(error.userMessage.replace('Nothing was changed. ', ''));
    }
  }
}
