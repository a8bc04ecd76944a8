import type { UserNews } from '../db/user-news.ts';
import type { Change } from './change.ts';
import { plannedEnd } from './coming-end.ts';
import { orphansAhead } from './steps/hand-over.ts';
import { kindOfStep } from './steps/step.ts';
import { turnsOf } from './steps/steps-of.ts';

/** What an ended change did to whose account, for them: only what the platform has confirmed and what is not taken back. */
export function newsOf(change: Change, ends: readonly Change[], now: Date): readonly UserNews[] {
  const isTimed = change.origin === 'timed';
  const each = change.steps.flatMap((step, index): readonly UserNews[] => {
    const affected = kindOfStep(step).affects(step);
    if (affected === undefined) return [];
    const { kind, userId, until, workspace, address } = affected;
    const mine = kind === 'activated' ? ends.find((end) => concerns(end, userId)) : undefined;
    return [
      {
        id: `${change.id}:${change.revision}:${index}`,
        at: now,
        userId,
        kind,
        by: isTimed ? undefined : (change.decidedBy ?? change.requesterId),
        knownTo: knownTo(change),
        // Of an end and of an undo the bot writes it.
        reason: change.parentId === undefined ? change.reason : '',
        until: until ?? mine?.notBefore,
        endsWith: mine?.id,
        ...(workspace === undefined ? {} : { workspace }),
        ...(address === undefined ? {} : { address }),
      },
    ];
  });
  return together(each);
}

/** Who takes over many workspaces hears of them in one message. */
function together(each: readonly UserNews[]): readonly UserNews[] {
  const first = new Map<string, UserNews>();
  for (const news of each) {
    const key = news.workspace === undefined ? news.id : `${news.kind}:${news.userId}`;
    const { workspace } = first.get(key) ?? {};
    const names = workspace === undefined ? news.workspace : `${workspace}\n${news.workspace}`;
    first.set(key, { ...(first.get(key) ?? news), ...(names === undefined ? {} : { workspace: names }) });
  }
  return [...first.values()];
}

const concerns = ({ steps }: Change, userId: string): boolean =>
  turnsOf(steps).some((turn) => turn.userId === userId);

/** That the access of somebody is about to end, and which workspaces nobody active would own then. */
export function endingNews(timed: Change, now: Date): readonly UserNews[] {
  const userId = turnsOf(timed.steps)[0]?.userId;
  const until = plannedEnd(timed);
  if (userId === undefined || until === undefined) return [];
  const owned = orphansAhead(timed.steps);
  return [
    {
      id: `${timed.id}:ending:${now.getTime()}`,
      at: now,
      userId,
      kind: 'ending',
      by: undefined,
      knownTo: knownTo(timed),
      reason: '',
      until,
      endsWith: timed.id,
      ...(owned.length === 0 ? {} : { workspace: owned.join('\n') }),
    },
  ];
}

/** The requester hears of it as such, and the decider did it: neither needs this news. */
const knownTo = ({ requesterKeys, requesterId, decidedBy }: Change): readonly string[] => [
  ...new Set([...requesterKeys, requesterId, ...(decidedBy === undefined ? [] : [decidedBy])]),
];
