import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANGE_STATES, type Change, type ChangeState, UNDO_MS } from '../../src/changes/change.ts';
import type { ChangeEvent, Refusal } from '../../src/changes/change-event.ts';
import { markOf } from '../../src/changes/shown/amended.ts';
import { switchStep } from '../../src/changes/steps/switch-user.ts';
import { transition } from '../../src/changes/transition.ts';
import { aChange, later, NOW } from './a-change.ts';

const OWNER = 'process-1';
const MIA = { by: 'U0MIA', byKeys: ['U0MIA'] };
const lease = { from: NOW, ms: 8000 };
const failure = { code: 'x', sentence: 'It did not work.' };
const [asked] = aChange().steps;
const done = [switchStep({ userId: 'id-ana', enabled: true, label: 'ana@ex.co' })].map((step) => ({
  ...step,
  before: false,
  after: true,
}));

const ALTERED = { amendedBy: 'U0BEN', amenderKeys: ['U0BEN'], durationMs: undefined };

const EVENTS = {
  approve: { type: 'approve', by: 'U0ADA', byKeys: ['U0ADA'], administrator: true, seen: undefined },
  amend: {
    type: 'amend',
    by: 'U0ADA',
    byKeys: ['U0ADA'],
    administrator: true,
    seen: undefined,
    steps: done,
    lasting: undefined,
    seats: { taken: 4, after: 4, seats: 5 },
    shown: { users: [] },
  },
  deny: { type: 'deny', by: 'U0ADA', byKeys: ['U0ADA'], administrator: true, reason: 'no' },
  cancel: { type: 'cancel', by: 'U0MIA', byKeys: ['U0MIA'] },
  expire: { type: 'expire' },
  begin: { type: 'begin', owner: OWNER, lease },
  progress: {
    type: 'progress',
    owner: OWNER,
    lease,
    steps: done,
    seatReserved: true,
    failure: undefined,
  },
  succeed: { type: 'succeed', owner: OWNER, steps: done },
  postpone: { type: 'postpone', owner: OWNER, steps: done, delayMs: 1000, fault: failure, tried: true },
  fail: { type: 'fail', owner: OWNER, steps: done, failure },
  try_again: { type: 'try_again', by: 'U0ADA', byKeys: ['U0ADA'], administrator: true },
  drop: { type: 'drop', by: 'U0ADA', failure },
  move: { type: 'move', notBefore: later(5000), newsAt: later(1000) },
  undone: { type: 'undone' },
  retried: { type: 'retried', changeId: 'AGAIN' },
  news_told: { type: 'news_told' },
} as const satisfies { readonly [T in ChangeEvent['type']]: Extract<ChangeEvent, { type: T }> };

type EventName = keyof typeof EVENTS;
const NAMES = Object.keys(EVENTS) as EventName[];

/** A change in that state, where every event that may happen to it does: due, and in the hands of `OWNER`. */
const inState = (state: ChangeState, over: Partial<Change> = {}): Change =>
  aChange({ state, ...(state === 'applying' ? { leaseOwner: OWNER, leaseUntil: later(-1) } : {}), ...over });

type Row = Readonly<Record<ChangeState, ChangeState | Refusal>>;

const each = (otherwise: Refusal, moves: Partial<Row>): Row => ({
  pending: otherwise,
  approved: otherwise,
  applying: otherwise,
  applied: otherwise,
  failed: otherwise,
  denied: otherwise,
  expired: otherwise,
  cancelled: otherwise,
  ...moves,
});

/** Where each event leads from each state, or why it may not happen there. */
const TABLE: Readonly<Record<EventName, Row>> = {
  approve: each('already_decided', { pending: 'approved' }),
  amend: each('already_decided', { pending: 'pending' }),
  deny: each('already_decided', { pending: 'denied' }),
  cancel: each('already_decided', { pending: 'cancelled' }),
  expire: each('already_decided', { pending: 'not_yet_expired' }),
  begin: each('not_due', { approved: 'applying', applying: 'applying' }),
  progress: each('lost_lease', { applying: 'applying' }),
  succeed: each('lost_lease', { applying: 'applied' }),
  postpone: each('lost_lease', { applying: 'approved' }),
  fail: each('lost_lease', { applying: 'failed' }),
  try_again: each('not_failed', { failed: 'approved' }),
  drop: each('already_decided', {}),
  move: each('already_decided', {}),
  undone: each('already_decided', { applied: 'applied' }),
  retried: each('already_decided', { applied: 'applied' }),
  news_told: Object.fromEntries(CHANGE_STATES.map((state) => [state, state])) as Row,
};

const outcomeOf = (change: Change, event: ChangeEvent, now = NOW): ChangeState | Refusal => {
  const moved = transition(change, event, now);
  return moved.ok ? moved.change.state : moved.reason;
};

const cells = NAMES.flatMap((name) =>
  CHANGE_STATES.map((state) => [name, state, TABLE[name][state]] as const),
);

describe('what an event makes of a change', () => {
  it.each(cells)('%s of one that is %s: %s', (name, state, expected) =>
    expect(outcomeOf(inState(state), EVENTS[name])).toBe(expected),
  );

  it.each<[string, Partial<Change>, ChangeEvent, ChangeState | Refusal]>([
    [
      'the end of a timed activation is moved',
      { state: 'approved', origin: 'timed' },
      EVENTS.move,
      'approved',
    ],
    ['an end that is over is moved', { state: 'applied', origin: 'timed' }, EVENTS.move, 'already_decided'],
    [
      'the person who is let in approves',
      {},
      { ...EVENTS.approve, by: 'U0ANA', byKeys: ['U0ANA', 'email:ana@ex.co'] },
      'own_activation',
    ],
    [
      'the person who is let in approves, by the email that the platform has of them now',
      {},
      { ...EVENTS.approve, byKeys: ['U0ANA', 'email:new@ex.co'], beneficiaries: ['email:new@ex.co'] },
      'own_activation',
    ],
    [
      'the person who is let in denies',
      {},
      { ...EVENTS.deny, by: 'U0ANA', byKeys: ['U0ANA', 'email:ana@ex.co'] },
      'denied',
    ],
    [
      'the person who is let in tries their request again',
      { state: 'failed' },
      { ...EVENTS.try_again, byKeys: ['U0ANA', 'email:ana@ex.co'] },
      'own_activation',
    ],
    ['what was altered is approved as it was before', ALTERED, EVENTS.approve, 'altered'],
    ['what was altered is altered as it was before', ALTERED, EVENTS.amend, 'altered'],
    ['what was altered is denied', ALTERED, EVENTS.deny, 'denied'],
    [
      'what was altered is approved as it is now',
      ALTERED,
      { ...EVENTS.approve, seen: markOf(aChange(ALTERED)) },
      'approved',
    ],
    [
      'what was altered twice is approved as it was between',
      { ...ALTERED, durationMs: 1 },
      { ...EVENTS.approve, seen: markOf(aChange(ALTERED)) },
      'altered',
    ],
    [
      'what was altered is approved by who altered it',
      ALTERED,
      { ...EVENTS.approve, byKeys: ['U0BEN'] },
      'own_amendment',
    ],
    ['an exchange is chosen at the approval', {}, { ...EVENTS.approve, swap: done }, 'approved'],
    [
      'an exchange is chosen at the approval, with four eyes',
      {},
      { ...EVENTS.approve, swap: done, fourEyes: true },
      'chosen_alone',
    ],
    [
      'a time is chosen at the approval, with four eyes',
      {},
      { ...EVENTS.approve, lasting: { durationMs: 1, endsAt: undefined }, fourEyes: true },
      'chosen_alone',
    ],
    [
      'an administrator tries their own change again',
      { state: 'failed', origin: 'direct' },
      { ...EVENTS.try_again, ...MIA },
      'approved',
    ],
    [
      'an administrator tries their own change again, with four eyes',
      { state: 'failed', origin: 'direct' },
      { ...EVENTS.try_again, ...MIA, fourEyes: true },
      'decided_before',
    ],
    ['who approved tries again', { state: 'failed', decidedBy: 'U0ADA' }, EVENTS.try_again, 'approved'],
    [
      'who approved tries again, with four eyes',
      { state: 'failed', decidedBy: 'U0ADA' },
      { ...EVENTS.try_again, fourEyes: true },
      'decided_before',
    ],
    [
      'who approved tries again by another account, with four eyes',
      { state: 'failed', amenderKeys: ['U0ADA', 'email:ada@ex.co'] },
      { ...EVENTS.try_again, byKeys: ['U0ADA2', 'email:ada@ex.co'], fourEyes: true },
      'decided_before',
    ],
    [
      'somebody else tries again, with four eyes',
      { state: 'failed', decidedBy: 'U0BEN' },
      { ...EVENTS.try_again, fourEyes: true },
      'approved',
    ],
    [
      'who approved tries the end of it again, with four eyes',
      { state: 'failed', origin: 'timed', decidedBy: 'U0ADA' },
      { ...EVENTS.try_again, fourEyes: true },
      'approved',
    ],
    ['the requester approves', {}, { ...EVENTS.approve, ...MIA }, 'self_approval'],
    [
      'the requester approves, by another id',
      {},
      { ...EVENTS.approve, by: 'W0MIA', byKeys: ['W0MIA'] },
      'self_approval',
    ],
    [
      'the requester approves, by another account with their email',
      {},
      { ...EVENTS.approve, by: 'U0MIA2', byKeys: ['U0MIA2', 'email:mia@ex.co'] },
      'self_approval',
    ],
    ['the requester denies', {}, { ...EVENTS.deny, ...MIA }, 'self_approval'],
    ['a member approves', {}, { ...EVENTS.approve, administrator: false }, 'not_administrator'],
    [
      'the requester, a member by now, approves',
      {},
      { ...EVENTS.approve, ...MIA, administrator: false },
      'not_administrator',
    ],
    ['an approval comes at the very end', { expiresAt: NOW }, EVENTS.approve, 'expired'],
    ['a denial comes too late', { expiresAt: later(-1) }, EVENTS.deny, 'expired'],
    ['an approval comes just in time', { expiresAt: later(1) }, EVENTS.approve, 'approved'],
    ['one without an end is approved', { expiresAt: undefined }, EVENTS.approve, 'approved'],
    ['another cancels', {}, { ...EVENTS.cancel, by: 'U0ADA', byKeys: ['U0ADA'] }, 'not_requester'],
    ['its time is over', { expiresAt: NOW }, EVENTS.expire, 'expired'],
    ['one without an end is to expire', { expiresAt: undefined }, EVENTS.expire, 'not_yet_expired'],
    ['it waits for its time', { state: 'approved', notBefore: later(1) }, EVENTS.begin, 'not_due'],
    ['its time has come', { state: 'approved', notBefore: NOW }, EVENTS.begin, 'applying'],
    [
      'another process applies it',
      { state: 'applying', leaseOwner: 'p', leaseUntil: later(1) },
      EVENTS.begin,
      'not_due',
    ],
    ['its process died', { state: 'applying', leaseOwner: 'p', leaseUntil: NOW }, EVENTS.begin, 'applying'],
    [
      'another clock is a little ahead',
      { state: 'applying', leaseOwner: 'p', leaseUntil: later(8001) },
      EVENTS.begin,
      'not_due',
    ],
    [
      'its lease ends further off than any',
      { state: 'applying', leaseOwner: 'p', leaseUntil: later(16_001) },
      EVENTS.begin,
      'applying',
    ],
    ['another has the lease', { state: 'applying', leaseOwner: 'p' }, EVENTS.progress, 'lost_lease'],
    [
      'another has the lease at the end',
      { state: 'applying', leaseOwner: 'p' },
      EVENTS.succeed,
      'lost_lease',
    ],
    [
      'a member tries again',
      { state: 'failed' },
      { ...EVENTS.try_again, administrator: false },
      'not_administrator',
    ],
    [
      'the requester tries again what others had to approve',
      { state: 'failed' },
      { ...EVENTS.try_again, ...MIA },
      'self_approval',
    ],
    [
      'an administrator tries again their own direct change',
      { state: 'failed', origin: 'direct' },
      { ...EVENTS.try_again, ...MIA },
      'approved',
    ],
    ['a timed end is dropped', { state: 'approved', origin: 'timed' }, EVENTS.drop, 'cancelled'],
    ['a timed end that has begun is dropped', { state: 'applying', origin: 'timed' }, EVENTS.drop, 'ending'],
  ])('%s', (_, over, event, expected) => expect(outcomeOf(aChange(over), event)).toBe(expected));

  it('an approval names who decided, and does the swap that was chosen instead', () => {
    const swap = [switchStep({ userId: 'id-bo', enabled: false, label: 'bo' }), ...aChange().steps];
    const moved = transition(aChange({ newsAt: NOW }), { ...EVENTS.approve, swap }, NOW);
    expect(moved).toMatchObject({
      ok: true,
      change: { kind: 'swap', steps: swap, decidedBy: 'U0ADA', decidedAt: NOW, newsAt: undefined },
    });
  });

  it('a success frees lease and seat, and can be undone for a while where it altered something', () => {
    const change = inState('applying', { seatReserved: true });
    expect(transition(change, EVENTS.succeed, NOW)).toMatchObject({
      change: { leaseOwner: undefined, seatReserved: false, appliedAt: NOW, newsAt: later(UNDO_MS) },
    });
    const already = { ...EVENTS.succeed, steps: [{ ...done[0], before: true }] } as ChangeEvent;
    expect(transition(change, already, NOW)).toMatchObject({ change: { newsAt: undefined } });
    const timed = inState('applying', { origin: 'timed' });
    expect(transition(timed, EVENTS.succeed, NOW)).toMatchObject({ change: { newsAt: undefined } });
  });

  it('another try forgets what the former did', () => {
    const change = inState('failed', { steps: done, failure, lastFault: failure, attempts: 20 });
    expect(transition(change, EVENTS.try_again, NOW)).toMatchObject({
      change: { steps: [asked], failure: undefined, lastFault: undefined, attempts: 0, notBefore: NOW },
    });
  });
});

describe('whatever happens to a change', () => {
  const anyPerson = fc.constantFrom('U0MIA', 'U0ADA', 'U0BEN');
  const anyEvent: fc.Arbitrary<ChangeEvent> = fc
    .tuple(fc.constantFrom(...NAMES), anyPerson, fc.boolean(), fc.constantFrom(OWNER, 'process-2'))
    .map(([name, by, administrator, owner]) => {
      const event: ChangeEvent = EVENTS[name];
      return {
        ...event,
        ...('byKeys' in event ? { by, byKeys: [by] } : {}),
        ...('administrator' in event ? { administrator } : {}),
        ...('owner' in event ? { owner } : {}),
      } as ChangeEvent;
    });
  const story = fc.array(fc.tuple(anyEvent, fc.nat({ max: 40_000 })), { maxLength: 25 });

  it('it leaves pending once, a refusal alters nothing, and each move counts the revision by one', () => {
    fc.assert(
      fc.property(
        story,
        fc.constantFrom('direct' as const, 'request' as const, 'timed' as const),
        (events, origin) => {
          let change = aChange({ origin });
          let nowMs = NOW.getTime();
          let left = 0;
          for (const [event, ms] of events) {
            nowMs += ms;
            const before = structuredClone(change);
            const moved = transition(change, event, new Date(nowMs));
            expect(change).toEqual(before);
            if (!moved.ok) continue;
            expect(moved.change.revision).toBe(change.revision + 1);
            expect(moved.change.id).toBe(change.id);
            if (change.state === 'pending' && moved.change.state !== 'pending') left += 1;
            if (change.state !== 'pending') expect(moved.change.state).not.toBe('pending');
            if (['approve', 'deny'].includes(event.type)) expect(moved.change.decidedBy).not.toBe('U0MIA');
            if (['denied', 'expired', 'cancelled'].includes(change.state))
              expect(moved.change.state).toBe(change.state);
            change = moved.change;
          }
          expect(left).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
