import { sharesName, type WantedRole } from '../../access/workspace-rules.ts';
import { refusedPlain } from '../../changes/confirm/refused-text.ts';
import { type MembershipStep, membershipStep, placeOf } from '../../changes/steps/membership-step.ts';
import { labelOf } from '../../license/user-text.ts';
import type { CommandParts, CommonOptions } from '../command.ts';
import { askConsent, refuseUnasked } from '../consent.ts';
import { approvalLines, refused } from '../effect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { makeAll, tellDryRun } from '../make-all.ts';
import { membershipAlready, membershipAsked, membershipEffect } from '../membership-texts.ts';
import { outcomeFields } from '../outcome.ts';
import { tellsFields } from '../records.ts';
import { readWhos, resolveAll } from '../resolve-who.ts';
import { type ResolvedWorkspace, resolveWorkspace } from '../resolve-workspace.ts';

export interface AddOptions extends CommonOptions {
  readonly role?: 'owner' | 'collaborator';
}

interface Wish {
  /** The workspace, as typed. */
  readonly typed: string;
  readonly whos: readonly string[];
  readonly role: WantedRole;
  /** Whether members stay what they are: nobody has said what they are to be. */
  readonly leavesMembers: boolean;
}

/** `workspace add <name|id> <who...>`: each user a change of their own. */
export const addMembers = (
  parts: CommandParts,
  typed: string,
  whos: readonly string[],
  options: AddOptions,
): Promise<ExitCode> => {
  const role = options.role === 'owner' ? 'OWNER' : 'COLLABORATOR';
  return setMembers(parts, { typed, whos, role, leavesMembers: options.role === undefined }, options);
};

/** `workspace remove <name|id> <who...>` */
export const removeMembers = (
  parts: CommandParts,
  typed: string,
  whos: readonly string[],
  options: CommonOptions,
): Promise<ExitCode> => setMembers(parts, { typed, whos, role: 'none', leavesMembers: false }, options);

async function setMembers(parts: CommandParts, wish: Wish, options: CommonOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, outcomeFields, options)) return EXIT.done;
  refuseUnasked(parts, options);
  const whos = await readWhos(parts, wish.whos);
  const resolved = await resolveWorkspace(parts, wish.typed);
  const wanted = await stepsMeant(parts, { ...wish, whos }, resolved);
  const isDone = ({ role, was }: MembershipStep): boolean =>
    was === role || (wish.leavesMembers && was !== 'none');
  const already = wanted.filter(isDone).map(membershipAlready);
  const steps = wanted.filter((step) => !isDone(step));
  if (steps.length === 0) return makeAll(parts, [], options, already);
  const { core } = await parts.office();
  const facts = await terminal.spin('Reading the workspace', core.desk.ofSteps(steps, undefined));
  const needsApproval = core.changes.needsApproval(true);
  const effect = [...membershipEffect(steps, resolved.workspace, facts), ...approvalLines(needsApproval)];
  if (facts.refusal !== undefined) {
    if (options.dryRun) for (const line of effect) terminal.say(line);
    throw refused(refusedPlain(facts.refusal));
  }
  if (options.dryRun) {
    const would = steps.map((step) => ({
      user: step.label,
      userId: step.userId,
      sentence: `Would ${membershipAsked(step)}.`,
    }));
    return tellDryRun(parts, options, { facts, effect, needsApproval, already, would });
  }
  await askConsent(parts, options, effect);
  const planned = steps.map((step) => ({ facts, steps: [step] }));
  return makeAll(parts, planned, options, already);
}

/** Who is to be what; a member whom Keycloak no longer has goes by their id, and can still be removed (contract §6.3). */
async function stepsMeant(
  parts: CommandParts,
  { whos, role }: Wish,
  { workspace, all }: ResolvedWorkspace,
): Promise<readonly MembershipStep[]> {
  const typed = new Set(whos.map((who) => who.trim().toLowerCase()));
  const gone = workspace.members.filter(
    ({ user, userId }) => role === 'none' && user === undefined && typed.has(userId),
  );
  const isGone = (who: string): boolean => gone.some(({ userId }) => userId === who.trim().toLowerCase());
  const known = whos.filter((who) => !isGone(who));
  const users = await parts.terminal.spin('Looking up who is meant', resolveAll(parts, known));
  const people = [
    ...gone.map(({ userId }) => ({ userId, label: userId })),
    ...users.map((user) => ({ userId: user.id, label: labelOf(user) })),
  ];
  return people.map((person) =>
    membershipStep({
      ...person,
      workspaceId: workspace.id,
      workspace: workspace.name,
      sharesName: sharesName(workspace, all),
      role,
      was: placeOf(workspace, person.userId),
    }),
  );
}
