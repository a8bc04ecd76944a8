import type { SlackMessage } from '../../sandbox/slack/state.ts';
import { isSamePerson } from '../../src/access/person-keys.ts';
import { type Change, isFinal, isSeveral } from '../../src/changes/change.ts';
import { membershipSteps } from '../../src/changes/steps/membership-step.ts';
import type { Step } from '../../src/changes/steps/step.ts';
import { type SwitchStep, switchSteps } from '../../src/changes/steps/switch-user.ts';
import { fromRows } from '../../src/changes/store/change-rows.ts';
import { OUTCOMES } from '../../src/db/audit-trail.ts';
import type { AuditRow } from '../../src/db/tables/audit-table.ts';
import type { ChangeRecords } from '../support/change-records.ts';
import { keysOf, PEOPLE } from './people.ts';

const DECISIONS = ['approved', 'denied', 'cancelled', 'expired'];

/** Rules of the design that the records and messages break at any moment, in words. */
export function brokenRules(
  { changes, cards, audit }: ChangeRecords,
  messages: readonly SlackMessage[],
  /** Whether this person may decide about the change, or make it alone: an administrator, or an owner of its workspaces. */
  mayDecide: (changeId: string, personId: string) => boolean,
): readonly string[] {
  const known = fromRows(changes);
  const textAt = new Map(messages.map(({ channel, ts, text }) => [`${channel} ${ts}`, text]));
  const isAnnounced = (id: string): boolean =>
    cards.some(
      ({ changeId, channel, ts }) =>
        changeId === id && textAt.get(`${channel} ${ts}`)?.startsWith('Done') === true,
    );
  const undoings = known.filter(({ origin, state }) => origin !== 'timed' && state === 'applied');
  const isUndone = ({ id }: Change): boolean => undoings.some(({ parentId }) => parentId === id);
  return known.flatMap((change) => {
    const trail = audit.filter(({ changeId }) => changeId === change.id);
    return [
      ...decisionFaults(change, trail, mayDecide),
      ...outcomeFaults(change, trail, isAnnounced),
      ...(isUndone(change) && !change.undone ? ['rule 5: undone, but still offers `Undo`'] : []),
    ].map((fault) => `${change.id} (${change.state}): ${fault}`);
  });
}

const count = (trail: readonly AuditRow[], wanted: readonly string[]): number =>
  trail.filter(({ event }) => wanted.includes(event)).length;

/** Whether this Slack id is of the person who asked. */
const isOf = (change: Change, id: string): boolean => {
  const [requester, other] = [change.requesterId, id].map((it) => PEOPLE.find((person) => person.id === it));
  return requester !== undefined && other !== undefined && isSamePerson(keysOf(requester), keysOf(other));
};

function decisionFaults(
  change: Change,
  trail: readonly AuditRow[],
  mayDecide: (changeId: string, personId: string) => boolean,
) {
  const decider = trail.find(({ event }) => event === 'approved' || event === 'denied')?.actor;
  const canceller = trail.find(({ event }) => event === 'cancelled')?.actor;
  const isRequest = change.origin === 'request';
  return [
    isRequest && count(trail, DECISIONS) > 1 && 'rule 2: left pending more than once',
    decider !== undefined && isOf(change, decider) && 'rule 3: decided by who asked',
    decider !== undefined && !mayDecide(change.id, decider) && 'rule 3: decided by a member',
    (change.origin === 'direct' || change.origin === 'undo') &&
      !mayDecide(change.id, change.requesterId) &&
      'rule 3: a member made it alone',
    isRequest && canceller !== undefined && !isOf(change, canceller) && 'rule 3: cancelled by another',
  ].filter((fault) => fault !== false);
}

function outcomeFaults(change: Change, trail: readonly AuditRow[], isAnnounced: (id: string) => boolean) {
  const outcomes = count(trail, OUTCOMES);
  const tries = 1 + count(trail, ['retried']);
  const steps = switchSteps(change);
  return [
    change.state === 'applied' &&
      steps.some((step) => failureOf(step) === undefined && step.after !== step.enabled) &&
      'rule 4: applied without the confirmation of the platform',
    change.state === 'applied' &&
      membershipSteps(change).some(({ role, after }) => after !== role) &&
      'rule 4: applied without the confirmation of a membership',
    change.state === 'failed' &&
      !isSeveral(change) &&
      change.failure?.sentence.includes('could not be taken back') !== true &&
      membershipSteps(change).some(
        ({ before, role, takenBack }) => before !== undefined && before !== role && takenBack !== true,
      ) &&
      change.steps.length > 1 &&
      'somebody took over a workspace for nothing',
    change.state !== 'applied' && isAnnounced(change.id) && 'rule 4: announced as done what is not',
    isFinal(change.state) && outcomes !== tries && `rule 6: ${outcomes} outcomes of ${tries} tries`,
    !isFinal(change.state) && outcomes !== tries - 1 && 'rule 6: an outcome before the end',
    isSeveral(change) &&
      change.state === 'failed' &&
      steps.some(isSet) &&
      'several that failed changed somebody',
    isSeveral(change) && change.state === 'applied' && !steps.some(isSet) && 'several of which none is done',
    change.kind === 'swap' && isHalfDone(change) && 'a swap that failed was left half done',
    change.origin !== 'timed' &&
      steps.some(
        ({ label, enabled, before, after, takenBack }) =>
          label === change.requesterEmail && !enabled && before === true && after === false && !takenBack,
      ) &&
      'rule 10: somebody deactivated themself',
  ].filter((fault) => fault !== false);
}

/** Why a step failed, of several that went on without it. */
const failureOf = (step: Step) => step.failure;

const isSet = ({ after, enabled }: SwitchStep): boolean => after === enabled;

/** One step of it stands, although the other failed for good; where a seat was taken meanwhile, it says so. */
const isHalfDone = (change: Change): boolean =>
  change.state === 'failed' &&
  change.failure?.sentence.includes('could not be put back') !== true &&
  switchSteps(change).some(
    ({ before, enabled, takenBack }) => before !== undefined && before !== enabled && takenBack !== true,
  );

export const outsideKey = (userId: string, state: string): string => `${userId} ${state}`;

/** What the trail says that others did, and nobody did; ends of timed activations that were dropped for it. */
export function falseSightings(
  { changes, audit }: ChangeRecords,
  doneOutside: ReadonlySet<string>,
): readonly string[] {
  const isTouched = (userId: string): boolean =>
    ['active', 'inactive'].some((state) => doneOutside.has(outsideKey(userId, state)));
  const seen = audit
    .filter(({ event }) => event === 'observed')
    .flatMap(({ subjects, after }) =>
      (JSON.parse(subjects) as { userId: string; label: string }[])
        .filter(({ userId }) => !doneOutside.has(outsideKey(userId, after ?? '')))
        .map(({ label }) => `the trail says that others turned ${label} ${after}, and nobody did`),
    );
  const dropped = fromRows(changes)
    .filter(
      ({ origin, state, failure }) =>
        origin === 'timed' && state === 'cancelled' && /outside/.test(failure?.sentence ?? ''),
    )
    .filter((change) => !switchSteps(change).some(({ userId }) => isTouched(userId)))
    .map(({ id }) => `${id}: an end was dropped for what nobody outside did`);
  return [...seen, ...dropped];
}

/** What is still to be done once everything that is due is done. */
export function unfinished({ changes }: ChangeRecords, now: Date): readonly string[] {
  return fromRows(changes)
    .filter(({ state, origin, notBefore }) =>
      origin === 'timed'
        ? !isFinal(state) && (notBefore ?? now) < now
        : !isFinal(state) && state !== 'pending',
    )
    .map(({ id, state }) => `${id} is still ${state}`);
}
