import { expect, it } from 'vitest';
import { newChange } from '../../src/changes/ask/ask.ts';
import { toRow } from '../../src/changes/store/change-rows.ts';
import { lettingIn } from '../../src/changes/store/letting-in.ts';
import { appendAll, appendAudit, OUTSIDE } from '../../src/db/audit-trail.ts';
import type { Db } from '../../src/db/tables.ts';
import { describeOnDatabases } from '../support/databases.ts';

const now = new Date('2026-11-25T12:00:00Z');
const HOUR = 3_600_000;

/** Activations of these users, applied at these times. */
async function applied(db: Db, changes: readonly (readonly [userId: string, at: Date])[]): Promise<void> {
  const rows = changes.map(([userId, at], index) => {
    const step = {
      type: 'switch',
      userId,
      enabled: true,
      label: userId,
      before: false,
      after: true,
    } as const;
    const requester = { userId: 'U0ADA', email: undefined, personKeys: [], administrator: true };
    const asked = {
      id: `C-${userId}-${index}`,
      steps: [step],
      reason: '',
      seatsShown: { taken: 1, after: 2 },
      requester,
    };
    return { ...toRow(newChange(asked, at, undefined)), state: 'applied', appliedAt: at.getTime() };
  });
  for (let from = 0; from < rows.length; from += 100)
    await db
      .insertInto('change')
      .values(rows.slice(from, from + 100))
      .execute();
  // As each change that is applied.
  await appendAll(
    db,
    rows.map(({ id }, index) => ({
      at: changes[index]?.[1] ?? now,
      changeId: id,
      event: 'applied',
      actor: 'U0ADA',
      requester: 'U0ADA',
      subjects: [],
      reason: '',
      before: 'inactive',
      after: 'active',
      outcome: '',
      once: `${id} applied`,
    })),
  );
}

describeOnDatabases('when users were let in', (open) => {
  it('is read in pages, and then only what has come since, be it by a clock that is behind', async () => {
    const { db } = await open();
    const users = Array.from({ length: 1100 }, (_, n) => `u${n}`);
    await applied(
      db,
      users.map((user, n) => [user, new Date(now.getTime() - (n % 7) * HOUR)] as const),
    );
    expect([...(await lettingIn(db, now)).keys()].sort()).toEqual([...users].sort());
    await applied(db, [
      ['late', new Date(now.getTime() + HOUR)],
      ['behind', new Date(now.getTime() - 2 * HOUR)],
      ['u6', new Date(now.getTime() - 9 * HOUR)],
    ]);
    const letIn = await lettingIn(db, now);
    expect(letIn.get('late')).toEqual(new Date(now.getTime() + HOUR));
    expect(letIn.get('behind')).toEqual(new Date(now.getTime() - 2 * HOUR));
    expect(letIn.get('u6')).toEqual(new Date(now.getTime() - 6 * HOUR));
    // What is worked out of it can be kept for so long.
    expect(await lettingIn(db, now)).toBe(letIn);
  });

  it('is also read from what the watch noticed outside the bot, as it comes', async () => {
    const { db } = await open();
    const noticed = (userId: string, at: Date, after: string) =>
      appendAudit(db, {
        at,
        changeId: undefined,
        event: 'observed',
        actor: OUTSIDE,
        requester: undefined,
        subjects: [{ userId, label: userId }],
        reason: '',
        before: after === 'active' ? 'inactive' : 'active',
        after,
        outcome: '',
        once: `${userId} ${at.getTime()}`,
      });
    const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
    await noticed('in', ago(5), 'active');
    await noticed('out', ago(5), 'inactive');
    await noticed('long ago', ago(24 * 400), 'active');
    expect([...(await lettingIn(db, now)).entries()]).toEqual([['in', ago(5)]]);
    await noticed('in', ago(1), 'active');
    await noticed('behind', ago(7), 'active');
    const letIn = await lettingIn(db, now);
    expect(letIn.get('in')).toEqual(ago(1));
    expect(letIn.get('behind')).toEqual(ago(7));
  });
});
