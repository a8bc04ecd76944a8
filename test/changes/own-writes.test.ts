import { expect, it } from 'vitest';
import { markRecords, ownWrites } from '../../src/changes/apply/own-writes.ts';
import type { Change } from '../../src/changes/change.ts';
import type { SwitchStep } from '../../src/changes/steps/switch-user.ts';
import { outcomeEntry } from '../../src/changes/store/change-audit.ts';
import { insertChange } from '../../src/changes/store/change-store.ts';
import type { Db } from '../../src/db/tables.ts';
import { describeOnDatabases } from '../support/databases.ts';

const ENDED = new Date('2026-11-25T12:00:00Z');
const BEFORE = new Date('2026-11-25T11:59:00Z');

const step = (over: Partial<SwitchStep> = {}): SwitchStep => ({
  type: 'switch',
  userId: 'id-ana',
  enabled: true,
  label: 'ana@ex.co',
  before: false,
  after: true,
  ...over,
});

/** A change in the table, with its outcome in the trail once it ended. */
async function have(db: Db, over: Partial<Change>): Promise<void> {
  const change: Change = {
    id: 'C-1',
    kind: 'activate',
    origin: 'direct',
    state: 'applied',
    revision: 3,
    steps: [step()],
    seatsShown: { taken: 3, after: 4, seats: 5 },
    reason: '',
    requesterId: 'U0ADA',
    requesterEmail: undefined,
    requesterKeys: ['U0ADA'],
    decidedBy: undefined,
    decidedAt: undefined,
    decisionReason: undefined,
    createdAt: BEFORE,
    expiresAt: undefined,
    notBefore: undefined,
    attempts: 0,
    leaseOwner: undefined,
    leaseUntil: undefined,
    seatReserved: false,
    appliedAt: undefined,
    failure: undefined,
    lastFault: undefined,
    durationMs: undefined,
    endsAt: undefined,
    newsAt: undefined,
    parentId: undefined,
    undone: false,
    ...over,
  };
  const ended = change.state === 'applied' || change.state === 'failed';
  const appliedAt = change.state === 'applied' ? ENDED : undefined;
  await insertChange(
    db,
    { ...change, appliedAt },
    { entry: ended ? outcomeEntry(change, ENDED) : undefined },
  );
}

describeOnDatabases("the bot's own writes", (open) => {
  const on = { subject: 'id-ana', enabled: true };

  const START = { seq: 0, open: [] };

  it.each<[string, Partial<Change>, readonly object[]]>([
    ['one that was done', {}, [{ ...on, settledSeq: expect.any(Number) }]],
    [
      'one under way',
      { state: 'applying', steps: [step({ after: undefined })] },
      [{ ...on, settledSeq: undefined }],
    ],
    [
      'one that is tried again',
      { state: 'approved', attempts: 1, steps: [step({ after: undefined })] },
      [{ ...on, settledSeq: undefined }],
    ],
    [
      'a step that was taken back',
      { state: 'failed', kind: 'swap', steps: [step({ enabled: false, before: true, takenBack: true })] },
      [
        { ...on, enabled: false, settledSeq: undefined },
        { ...on, enabled: true, settledSeq: undefined },
      ],
    ],
    ['none where it was so already', { steps: [step({ before: true })] }, []],
    [
      'none where nothing was written before it failed',
      { state: 'failed', steps: [step({ before: undefined, after: undefined })] },
      [],
    ],
    [
      'none of a request that waits',
      { state: 'pending', steps: [step({ before: undefined, after: undefined })] },
      [],
    ],
    [
      'an invitation, by email and id',
      { kind: 'invite', steps: [{ type: 'invite', email: 'new@ex.co', userId: 'id-new' }] },
      [
        { subject: 'new@ex.co', enabled: true, settledSeq: expect.any(Number) },
        { subject: 'id-new', enabled: true, settledSeq: expect.any(Number) },
      ],
    ],
  ])('tell of %s', async (_, change, writes) => {
    const { db } = await open();
    await have(db, change);
    expect(await ownWrites(db, START)).toEqual(writes.map((write) => ({ changeId: 'C-1', ...write })));
  });

  it('leave out what ended earlier', async () => {
    const { db } = await open();
    await have(db, {});
    expect(await ownWrites(db, await markRecords(db))).toEqual([]);
    expect(await ownWrites(db, { ...(await markRecords(db)), open: ['C-1'] })).toHaveLength(1);
  });
});
