import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { startWallaroo, type WallarooSandbox } from '../../sandbox/wallaroo/start-wallaroo.ts';
import { isFinal, switchSteps } from '../../src/changes/change.ts';
import { fromRows } from '../../src/changes/change-rows.ts';
import { ChangeService } from '../../src/changes/change-service.ts';
import { OUTCOMES } from '../../src/db/audit-trail.ts';
import { connect } from '../../src/db/connect.ts';
import { migrateToLatest } from '../../src/db/migrate.ts';
import type { Db } from '../../src/db/tables.ts';
import { namesOf } from '../../src/license/seats.ts';
import type { WallarooClient } from '../../src/wallaroo/client.ts';
import { createWallarooClient } from '../../src/wallaroo/create-client.ts';

export interface ModelPerson {
  readonly id: string;
  readonly email: string;
  readonly administrator: boolean;
}

export const PEOPLE: readonly ModelPerson[] = [
  { id: 'U0ADA', email: 'ada@ex.co', administrator: true },
  { id: 'U0BEN', email: 'ben@ex.co', administrator: true },
  { id: 'U0MIA', email: 'mia@ex.co', administrator: false },
  { id: 'U0STEVE', email: 'steve@ex.co', administrator: false },
];

const PROTECTED = 'testuser@wallaroo.ai';
export const USERS = [
  'admin',
  'chatops@ex.co',
  'steve@ex.co',
  PROTECTED,
  'ada@ex.co',
  'asteve@ex.co',
  'a_b@ex.co',
  'axb@ex.co',
];
const SEATS = 5;
const ENDPOINTS = ['keycloak.users.put', 'keycloak.users.get', 'users.query'] as const;

type Decision = 'approve' | 'deny' | 'cancel' | 'try_again';

/** The real service on a file and the sandbox's platform, with a clock that only moves when told. */
export interface ModelWorld {
  begin(): Promise<void>;
  ask(by: ModelPerson, wanted: readonly (readonly [string, boolean])[]): Promise<void>;
  decide(by: ModelPerson, which: number, type: Decision): Promise<void>;
  approveTogether(which: number): Promise<void>;
  pass(minutes: number): Promise<void>;
  platform(how: 'refuses' | 'fails' | 'answers no more' | 'is well'): void;
  outside(user: string, enabled: boolean): void;
  restart(): void;
  /** Lets the platform recover and time pass until nothing is due any more. */
  settle(): Promise<void>;
  /** Rules of the design that do not hold, in words. */
  brokenRules(): Promise<readonly string[]>;
  /** Changes that are neither ended nor pending. */
  unfinished(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export async function createModelWorld(): Promise<ModelWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'chatops-model-'));
  const db = connect(`file:${join(folder, 'model.db')}`, () => undefined);
  await migrateToLatest(db, 'file');
  let nowMs = Date.parse('2026-03-02T10:00:00Z');
  const now = () => new Date(nowMs);
  const wallaroo = await startWallaroo({
    seed: communitySeed({ seats: SEATS, now: now() }),
    now,
    switches: { sdkAccessSeconds: 10_000_000, sdkRefreshSeconds: 10_000_000 },
  });
  const client = clientOf(wallaroo);
  let broken: string[] = [];
  let byBot = true;
  const states = new Map<string, boolean | undefined>();
  let ids = 0;
  let service = serviceOf(db, client, now, () => `C${++ids}`);
  const asked: string[] = [];
  const never = new Set(['admin', 'chatops@ex.co', PROTECTED].map((who) => wallaroo.state.user(who).id));

  // Every write of the platform's state while the bot acts is the bot's.
  wallaroo.on('change', async (change) => {
    if (change.kind !== 'user') return;
    const user = wallaroo.state.users.get(change.userId);
    const was = states.get(change.userId);
    states.set(change.userId, user?.enabled);
    // Signing in alters a user, too.
    if (!byBot || user === undefined || user.enabled === was) return;
    const { taken } = wallaroo.seats();
    if (user.enabled && taken > SEATS) broken.push(`rule 1: ${taken} of ${SEATS} seats after activating`);
    if (!user.enabled && never.has(user.id)) broken.push(`rule 10: ${user.username} was deactivated`);
    const rows = await db.selectFrom('change').select('steps').where('state', '=', 'applying').execute();
    if (!rows.some(({ steps }) => steps.includes(user.id)))
      broken.push(`rule 11: ${user.username} was changed, whom no change under way names`);
  });

  const outside = (user: string, enabled: boolean): void => {
    byBot = false;
    wallaroo.state.setEnabled(user, enabled);
    byBot = true;
  };
  const pass = async (minutes: number): Promise<void> => {
    nowMs += minutes * 60_000;
    await service.tellNews();
    await service.carryOutDue();
  };
  const idAt = (which: number): string => asked.at(-1 - which) ?? 'C0';

  return {
    begin: async () => {
      for (const table of ['change', 'card', 'audit', 'lease'] as const) await db.deleteFrom(table).execute();
      wallaroo.faults.clear();
      byBot = false;
      wallaroo.state.reset();
      for (const user of wallaroo.state.users.values()) states.set(user.id, user.enabled);
      byBot = true;
      asked.length = 0;
      broken = [];
    },
    ask: async (by, wanted) => {
      const id = `C${++ids}`;
      asked.push(id);
      const steps = wanted.map(([label, enabled]) => ({
        type: 'switch' as const,
        userId: wallaroo.state.user(label).id,
        enabled,
        label,
        before: undefined,
        after: undefined,
      }));
      const kind = wanted.length === 2 ? 'swap' : wanted[0]?.[1] ? 'activate' : 'deactivate';
      const requester = { userId: by.id, email: by.email, administrator: by.administrator };
      await service.ask({ id, kind, steps, reason: 'a story', snapshot: { taken: 0, after: 0 }, requester });
    },
    decide: async (by, which, type) => {
      const { id, administrator } = by;
      const event = { type, by: id, administrator, reason: 'no' };
      await service.decide(idAt(which), event);
    },
    approveTogether: async (which) => {
      const approve = (by: string) =>
        service.decide(idAt(which), { type: 'approve', by, administrator: true });
      await Promise.all([approve('U0ADA'), approve('U0BEN'), approve('U0ADA')]);
    },
    pass,
    platform: (how) => {
      wallaroo.faults.clear();
      const faults = {
        refuses: { status: 403 },
        fails: { status: 503 },
        'answers no more': { cutAfterApply: true },
        'is well': undefined,
      } as const;
      const fault = faults[how];
      if (fault !== undefined) for (const endpoint of ENDPOINTS) wallaroo.faults.set(endpoint, fault);
    },
    outside,
    restart: () => {
      service = serviceOf(db, client, now, () => `C${++ids}`);
    },
    settle: async () => {
      wallaroo.faults.clear();
      for (let round = 0; round < 4; round += 1) await pass(10);
    },
    brokenRules: async () => [...broken, ...(await brokenRecords(db))],
    unfinished: async () =>
      fromRows(await db.selectFrom('change').selectAll().execute())
        .filter(({ state }) => !isFinal(state) && state !== 'pending')
        .map(({ id, state }) => `${id} is ${state}`),
    stop: async () => {
      await wallaroo.stop();
      await db.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const clientOf = (wallaroo: WallarooSandbox): WallarooClient =>
  createWallarooClient({
    apiUrl: wallaroo.url,
    authUrl: wallaroo.url,
    ...wallaroo.account,
    clientId: 'sdk-client',
    usersVia: 'keycloak',
    listCacheMs: 0,
    delay: async () => undefined,
  });

function serviceOf(db: Db, wallaroo: WallarooClient, now: () => Date, newId: () => string): ChangeService {
  const service: ChangeService = new ChangeService({
    db,
    log: pino({ level: 'silent' }),
    now,
    random: () => 0.5,
    newId,
    wallaroo,
    license: { edition: 'community', seats: SEATS, warnAt: SEATS - 1 },
    exempt: namesOf([]),
    protectedUsers: namesOf([PROTECTED]),
    faultPoint: async () => undefined,
    ended: () => undefined,
    placesOf: (change) => service.places(change),
    fourEyes: false,
    requestTtlMs: 24 * 3_600_000,
    approvalsChannel: 'C0APPROVALS',
    changedOutside: async () => false,
    kick: () => undefined,
  });
  return service;
}

const DECISIONS = ['approved', 'denied', 'cancelled', 'expired'];

/** Rules that the records alone can break. */
async function brokenRecords(db: Db): Promise<readonly string[]> {
  const changes = fromRows(await db.selectFrom('change').selectAll().execute());
  const audit = await db.selectFrom('audit').selectAll().execute();
  const administrators = PEOPLE.filter(({ administrator }) => administrator).map(({ id }) => id);
  return changes.flatMap((change) => {
    const events = audit.filter(({ change_id }) => change_id === change.id).map(({ event }) => event);
    const count = (wanted: readonly string[]) => events.filter((event) => wanted.includes(event)).length;
    const outcomes = count(OUTCOMES);
    const tries = 1 + count(['retried']);
    const decidedByOther = change.state === 'cancelled' || change.decidedBy === undefined;
    const faults: (string | false)[] = [
      count(DECISIONS) > 1 && 'rule 2: left pending more than once',
      change.origin === 'request' &&
        !decidedByOther &&
        (change.decidedBy === change.requesterId || !administrators.includes(change.decidedBy ?? '')) &&
        'rule 3: decided by somebody who may not',
      change.state === 'applied' &&
        switchSteps(change).some(({ after, enabled }) => after !== enabled) &&
        'rule 4: announced as done what is not',
      switchSteps(change).some(
        ({ label, enabled, before, after }) =>
          label === change.requesterEmail && !enabled && before === true && after === false,
      ) && 'rule 10: somebody deactivated themself',
      isFinal(change.state) && (outcomes < 1 || outcomes > tries) && `rule 6: ${outcomes} outcomes`,
      !isFinal(change.state) && outcomes > tries - 1 && 'rule 6: an outcome before the end',
    ];
    return faults
      .filter((fault) => fault !== false)
      .map((fault) => `${change.id} (${change.state}): ${fault}`);
  });
}
