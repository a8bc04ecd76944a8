import type { Change } from '../../changes/change.ts';
import type { ConfirmFacts } from '../../changes/confirm/confirmation.ts';
import { membershipStep } from '../../changes/steps/membership-step.ts';
import { switchStep } from '../../changes/steps/switch-user.ts';
import { licenseLines, readMeter } from '../../license/license-desk.ts';
import { namesOf } from '../../license/seats.ts';
import type { Standing } from '../../users/standing.ts';
import { lastSignInOf, type WallarooUser } from '../../wallaroo/user.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';

// Made-up people of one instance: what the samples are drawn with.

export const NOW = new Date('2026-11-25T12:00:00Z');
const LATER = new Date('2026-11-26T12:00:00Z');
export const METADATA = '{"sample":true}';
export const WALLAROO_URL = 'https://wallaroo.example.com';
export const CHANNEL = 'C0APPROVALS';

const userOf = (name: string, over: Partial<WallarooUser> = {}): WallarooUser => ({
  id: `00000000-0000-4000-8000-${name.padEnd(12, '0')}`,
  username: `${name}@example.com`,
  email: `${name}@example.com`,
  emailVerified: true,
  firstName: name,
  lastName: 'Example',
  enabled: true,
  createdMs: Date.parse('2026-01-01T00:00:00Z'),
  lastSignInMs: Date.parse('2026-09-01T08:00:00Z'),
  realmRoles: [],
  requiredActions: [],
  ...over,
});

export const ana = userOf('ana');
export const ben = userOf('ben', { lastSignInMs: null });
export const leo = userOf('leo', { enabled: false });
/** An account that does not work. */
export const eve = userOf('eve', { email: undefined, username: 'eve', requiredActions: ['VERIFY_EMAIL'] });
export const users: readonly WallarooUser[] = [ana, ben, eve, leo];

export const fraud: Workspace = {
  id: 7,
  name: 'fraud-models',
  archived: false,
  isDefault: false,
  members: [
    { userId: ana.id, role: 'OWNER', user: ana },
    { userId: ben.id, role: 'COLLABORATOR', user: ben },
  ],
};
/** Nobody active owns it. */
export const forecast: Workspace = {
  ...fraud,
  id: 8,
  name: 'demand-forecast',
  members: [{ userId: leo.id, role: 'OWNER', user: leo }],
};
export const workspaces: readonly Workspace[] = [fraud, forecast];

export const rules = {
  license: { edition: 'community', seats: 3, warnAt: 2 },
  exempt: namesOf([]),
  administrators: '<@U0ADMIN> <!subteam^S0ADMINS>',
} as const;
export const meter = readMeter(rules, users);
export const license = licenseLines(rules, meter, true);

export const standing: Standing = {
  now: NOW,
  isOwn: ({ id }) => id === ana.id,
  isBot: () => false,
  isProtected: ({ id }) => id === ben.id,
  whyNeverDeactivated: () => undefined,
  endOf: ({ id }) => (id === ana.id ? { changeId: 'TIMED1', at: LATER } : undefined),
  idleSince: ({ lastSignInMs, createdMs }) => lastSignInMs ?? createdMs,
};

const shown = {
  users: [
    {
      userId: ana.id,
      label: 'ana@example.com',
      active: true,
      leaves: true,
      lastSignIn: lastSignInOf(ana),
      endsAt: LATER,
      owned: [{ name: fraud.name, otherOwners: 0, isDefault: false }],
    },
  ],
};

const activation = switchStep({ userId: leo.id, enabled: true, label: 'leo@example.com' });
const deactivation = switchStep({ userId: ana.id, enabled: false, label: 'ana@example.com' });
export const membership = membershipStep({
  workspaceId: fraud.id,
  workspace: fraud.name,
  userId: leo.id,
  label: 'leo@example.com',
  role: 'COLLABORATOR',
  was: 'none',
});

/** A pending request that exchanges two users, as far as it is not said otherwise. */
export const changeOf = (over: Partial<Change> = {}): Change => ({
  id: 'SAMPLE',
  kind: 'swap',
  origin: 'request',
  state: 'pending',
  revision: 1,
  steps: [deactivation, activation],
  seatsShown: { taken: 3, after: 3, seats: 3 },
  shown,
  reason: 'Leo trains the new model until Friday.',
  requesterId: 'U0MIA',
  requesterEmail: 'mia@example.com',
  requesterKeys: ['U0MIA'],
  decidedBy: undefined,
  decidedAt: undefined,
  decisionReason: undefined,
  createdAt: NOW,
  expiresAt: LATER,
  notBefore: undefined,
  attempts: 0,
  leaseOwner: undefined,
  leaseUntil: undefined,
  seatReserved: false,
  appliedAt: undefined,
  failure: undefined,
  lastFault: undefined,
  durationMs: 86_400_000,
  endsAt: undefined,
  newsAt: undefined,
  parentId: undefined,
  undone: false,
  ...over,
});

/** Done, and still to be undone. */
export const doneChange = (over: Partial<Change> = {}): Change =>
  changeOf({
    state: 'applied',
    steps: [
      { ...deactivation, before: true, after: false },
      { ...activation, before: false, after: true },
    ],
    decidedBy: 'U0ADMIN',
    decidedAt: NOW,
    appliedAt: NOW,
    newsAt: LATER,
    ...over,
  });

/** Ends an activation at its time. */
export const timedChange: Change = changeOf({
  origin: 'timed',
  kind: 'deactivate',
  state: 'approved',
  steps: [deactivation],
  notBefore: LATER,
});

/** The facts of a confirmation, as far as they are not said otherwise. */
export const factsOf = (over: Partial<ConfirmFacts> = {}): ConfirmFacts => ({
  subjects: [{ user: leo, enabled: true, workspaces: [] }],
  before: meter,
  after: meter,
  refusal: undefined,
  needsSwap: false,
  ends: new Map(),
  candidates: [ana, ben],
  shown,
  leaving: { endsSessions: true, tokenLifeMs: 3_600_000 },
  ...over,
});
