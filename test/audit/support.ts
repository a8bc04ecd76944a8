import fc from 'fast-check';
import type { AuditEntry } from '../../src/db/audit-trail.ts';
import { OUTCOMES } from '../../src/db/audit-trail.ts';
import type { StoredAudit } from '../../src/db/read-audit.ts';
import { anyText } from '../support/any-data.ts';

/** An entry of the trail, `n` minutes after the first. */
export const plainEntry = (n: number, over: Partial<AuditEntry> = {}): StoredAudit => ({
  seq: n,
  at: new Date(Date.parse('2026-11-01T08:00:00Z') + n * 60_000),
  changeId: `C-${n}`,
  event: 'applied',
  actor: 'U0ADA',
  requester: 'U0ADA',
  subjects: [{ userId: `id-${n}`, label: `user${n}@ex.co` }],
  reason: 'starts on Monday',
  before: 'inactive',
  after: 'active',
  outcome: 'Activated.',
  once: `once-${n}`,
  ...over,
});

const slackId = fc.constantFrom('U0ADA', 'W0BEN');

/** An entry with any data of people and of the platform. */
export const anyEntry: fc.Arbitrary<StoredAudit> = fc.record({
  seq: fc.nat(),
  at: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  changeId: fc.option(fc.uuid(), { nil: undefined }),
  event: fc.constantFrom(...OUTCOMES),
  actor: fc.oneof(slackId, fc.constantFrom('system', 'outside')),
  requester: fc.option(slackId, { nil: undefined }),
  subjects: fc.array(fc.record({ userId: fc.option(fc.uuid(), { nil: undefined }), label: anyText() }), {
    maxLength: 6,
  }),
  reason: anyText(),
  before: fc.constantFrom(undefined, 'active', 'inactive, active'),
  after: fc.constantFrom(undefined, 'active', 'active, inactive'),
  outcome: anyText(),
  once: fc.uuid(),
});
