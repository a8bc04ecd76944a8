import type { Change } from '../../src/changes/change.ts';
import { switchStep } from '../../src/changes/steps/switch-user.ts';

/** When everything happens here. */
export const NOW = new Date('2026-11-25T12:00:00Z');
export const later = (ms: number): Date => new Date(NOW.getTime() + ms);

/** Mia's pending request to activate Ana, as far as it is not said otherwise. */
export const aChange = (over: Partial<Change> = {}): Change => ({
  id: 'C-1',
  kind: 'activate',
  origin: 'request',
  state: 'pending',
  revision: 3,
  steps: [switchStep({ userId: 'id-ana', enabled: true, label: 'ana@ex.co' })],
  seatsShown: { taken: 3, after: 4, seats: 5 },
  reason: 'needs it',
  requesterId: 'U0MIA',
  requesterKeys: ['U0MIA', 'W0MIA', 'email:mia@ex.co'],
  requesterEmail: 'mia@ex.co',
  decidedBy: undefined,
  decidedAt: undefined,
  decisionReason: undefined,
  createdAt: later(-60_000),
  expiresAt: later(60_000),
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
});
