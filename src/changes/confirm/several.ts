import type { TimedEnds } from '../../license/active-until.ts';
import { type LicenseRules, readMeter } from '../../license/license-desk.ts';
import type { Meter } from '../../license/seats.ts';
import { labelOf } from '../../license/user-text.ts';
import { byIdIn } from '../../wallaroo/by-id.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';
import { deactivationGuard } from '../guards.ts';
import { shownOf } from '../shown/read-shown.ts';
import type { Step } from '../steps/step.ts';
import type { Turn } from '../steps/step-kind.ts';
import {
  type ConfirmFacts,
  type ConfirmRefusal,
  type Guards,
  type Leaving,
  refusalOf,
  type Subject,
  seatDelta,
  seatsWith,
} from './confirmation.ts';
import { membershipsAmong, orphansIn } from './hand-over.ts';

/** So many are changed at once, and no more. */
const MOST_AT_ONCE = 50;

/** That more are named than are changed at once; `undefined` where they are not. */
export const tooManyAtOnce = (count: number): string | undefined =>
  count <= MOST_AT_ONCE
    ? undefined
    : `You chose ${count} users. I change at most ${MOST_AT_ONCE} at once, so nothing was done. Name fewer of them.`;

/** Users who do not depend on each other, and what is known about those who are gone. */
interface SeveralFound {
  readonly subjects: readonly Subject[];
  readonly gone: readonly ConfirmRefusal[];
}

/** Those who are wanted, among all users. */
function foundAmong(wanted: readonly Turn[], users: readonly WallarooUser[]): SeveralFound {
  const listed = byIdIn(users);
  const subjects = wanted.flatMap(({ userId, enabled }) => {
    const user = listed.get(userId);
    return user === undefined ? [] : [{ user, enabled, workspaces: undefined }];
  });
  return { subjects, gone: Array.from({ length: wanted.length - subjects.length }, () => GONE) };
}

const GONE: ConfirmRefusal = { sentence: 'One of the users no longer exists in Wallaroo.' };
const ALL_ADMINISTRATORS =
  'With all of these gone, no active platform administrator would be left: at least one has to stay.';
const NOBODY_IS_LEFT: ConfirmRefusal = { sentence: 'Nobody is left to change. Nothing was done.' };

interface SeveralContext {
  readonly rules: LicenseRules;
  readonly ends: TimedEnds;
  readonly leaving: Leaving;
  /** Those of who leaves, with their members as these are now; `undefined` where they cannot be read. */
  readonly workspaces: readonly Workspace[] | undefined;
  /** What the change says of workspaces already. */
  readonly steps: readonly Step[];
}

/** The present facts of several: who cannot be changed is left out, with why; the seats suffice for all others, or for none. */
export function severalFacts(
  wanted: readonly Turn[],
  guards: Guards,
  { rules, ends, leaving, workspaces, steps }: SeveralContext,
): ConfirmFacts {
  const found = foundAmong(wanted, guards.users);
  const { subjects: kept, leftOut } = sorted(found.subjects, guards);
  const turns = kept.map(({ user, enabled }): Turn => ({ userId: user.id, enabled }));
  const membershipsOf = workspaces && membershipsAmong(workspaces, turns);
  const subjects = kept.map((subject) => ({
    ...subject,
    workspaces: membershipsOf?.(subject.user.id),
  }));
  const before = readMeter(rules, guards.users);
  const deltas = subjects.map((subject) => seatDelta(subject, rules.exempt));
  const { after, full: isShort } = seatsWith(before, deltas);
  return {
    subjects,
    before,
    after,
    refusal:
      subjects.length === 0
        ? NOBODY_IS_LEFT
        : isShort
          ? { sentence: shortText(before, after.taken - before.taken) }
          : undefined,
    needsSwap: false,
    candidates: [],
    ends,
    shown: shownOf(subjects, ends),
    leaving,
    orphans: orphansIn(workspaces ?? [], guards, turns, steps),
    leftOut: [...found.gone, ...leftOut],
  };
}

/** Whom nothing hinders. Administrators are looked at one by one first, and then as they would leave together. */
function sorted(subjects: readonly Subject[], guards: Guards) {
  const alone = apart(subjects, (one) => refusalOf([one], { ...guards, leaving: [] }, false));
  const leaving = alone.subjects.flatMap(({ user, enabled }) => (enabled ? [] : [user.id]));
  const together = apart(alone.subjects, ({ user, enabled }) =>
    enabled || deactivationGuard(user, { ...guards, leaving }) === undefined
      ? undefined
      : { label: labelOf(user), sentence: ALL_ADMINISTRATORS },
  );
  return { subjects: together.subjects, leftOut: [...alone.leftOut, ...together.leftOut] };
}

function apart(
  all: readonly Subject[],
  hindrance: (subject: Subject) => ConfirmRefusal | undefined,
): { readonly subjects: readonly Subject[]; readonly leftOut: readonly ConfirmRefusal[] } {
  const judged = all.map((subject) => ({ subject, refusal: hindrance(subject) }));
  return {
    subjects: judged.filter(({ refusal }) => refusal === undefined).map(({ subject }) => subject),
    leftOut: judged.flatMap(({ refusal }) => refusal ?? []),
  };
}

/** How many seats are missing, and how many of them would fit. */
function shortText(before: Meter, wanted: number): string {
  const seats = before.kind === 'limited' ? before.seats : before.taken;
  const free = Math.max(0, seats - before.taken);
  const fits =
    free === 0
      ? 'none of them fits. Deactivate somebody first, or exchange two users with `/wallaroo swap`.'
      : `at most ${free} of them ${free === 1 ? 'fits' : 'fit'}. Name fewer.`;
  return `They take ${wanted} ${wanted === 1 ? 'seat' : 'seats'}, and ${free} of ${seats} ${free === 1 ? 'is' : 'are'} free: ${fits} Nothing was changed.`;
}
