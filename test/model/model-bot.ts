import { pino } from 'pino';
import { emailKey } from '../../src/access/person-keys.ts';
import { workspaceOwners } from '../../src/access/workspace-owners-service.ts';
import { announce } from '../../src/changes/announce/announcer.ts';
import { placesOf } from '../../src/changes/announce/card-places.ts';
import type { FaultPoint } from '../../src/changes/apply/fault-point.ts';
import { markRecords, ownWrites } from '../../src/changes/apply/own-writes.ts';
import { ChangeService } from '../../src/changes/change-service.ts';
import { onlyMemberships } from '../../src/changes/steps/membership-step.ts';
import type { Db } from '../../src/db/tables.ts';
import { namesOf } from '../../src/license/seats.ts';
import { WallarooError } from '../../src/wallaroo/errors.ts';
import { createWatch, type Watch } from '../../src/watch/watch-service.ts';
import type { ModelPlatform } from './model-platform.ts';
import type { ModelSlack } from './model-slack.ts';
import { ADMINISTRATORS, APPROVALS, EXEMPT, PROTECTED, SEATS } from './people.ts';

const log = pino({ level: 'silent' });
const REQUEST_TTL_MS = 24 * 60 * 60_000;
const WATCH_EVERY_MS = 5 * 60_000;
const rules = {
  license: { edition: 'community', seats: SEATS, warnAt: SEATS - 1 },
  exempt: namesOf([EXEMPT]),
  administrators: '',
} as const;

export interface ModelBotParts {
  readonly db: Db;
  readonly platform: ModelPlatform;
  readonly slack: ModelSlack;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly fourEyes: boolean;
  /** How far this process's clock is ahead, ms. */
  readonly skewMs: number;
}

/** One life of the process. */
export class ModelBot {
  readonly service: ChangeService;
  readonly announce: () => Promise<void>;
  readonly death: Promise<void>;
  readonly #watch: Watch;
  diesAt: FaultPoint | undefined;
  isDead = false;

  constructor({ db, platform, slack, now: worldNow, newId, fourEyes, skewMs }: ModelBotParts) {
    let die: () => void = () => undefined;
    this.death = new Promise((resolve) => {
      die = resolve;
    });
    // The database's clock, which all processes share.
    const leaseNow = (): Date => {
      // What a dead process's timers still try comes to nothing.
      if (this.isDead) throw new Error('dead');
      return worldNow();
    };
    const now = (): Date => new Date(leaseNow().getTime() + skewMs);
    const faultPoint = async (point: FaultPoint): Promise<void> => {
      if (point !== this.diesAt && !this.isDead) return;
      this.isDead = true;
      die();
      await new Promise<never>(() => undefined);
    };
    this.#watch = createWatch({
      db,
      log,
      now,
      monotonicMs: () => worldNow().getTime(),
      channel: APPROVALS,
      intervalMs: WATCH_EVERY_MS,
      rules,
      listUsersFresh: platform.listUsersWatched,
      getUser: platform.client.getUser,
      markRecords: () => markRecords(db),
      ownWrites: (since) => ownWrites(db, since),
    });
    const owners = workspaceOwners({ wallaroo: platform.client, ownersDecide: true });
    this.service = new ChangeService({
      db,
      log,
      now,
      leaseNow,
      random: () => 0.5,
      newId,
      wallaroo: platform.client,
      license: rules.license,
      exempt: rules.exempt,
      protectedUsers: namesOf([PROTECTED]),
      present: async () => undefined,
      faultPoint,
      ended: () => this.#watch.lookSoon(),
      placesOf: (change) => placesOf(change, APPROVALS),
      fourEyes,
      requestTtlMs: REQUEST_TTL_MS,
      approvalsChannel: APPROVALS,
      changedOutside: this.#watch.changedOutside,
      ownerKeys: async (steps) =>
        (await owners.emailsOf(onlyMemberships(steps).map(({ workspaceId }) => workspaceId))).map(emailKey),
      ownersToAsk: async () => [],
      kick: () => undefined,
    });
    this.announce = () =>
      announce({
        db,
        leaseNow,
        newId,
        client: slack.client,
        log,
        now,
        adminPrincipals: ADMINISTRATORS,
        approvalsChannel: APPROVALS,
        wallarooUrl: 'https://wallaroo.example.com',
        administratorIds: async () => ADMINISTRATORS,
        isAdministrator: async () => true,
        faultPoint,
      });
  }

  async pass(): Promise<void> {
    await this.service.tellNews();
    await this.service.applyDue();
    await this.look();
  }

  /** Compares the instance with what was seen last, if it is time; where the platform does not answer, later. */
  async look(): Promise<void> {
    try {
      await this.#watch.duty.run(() => undefined);
    } catch (error) {
      if (!(error instanceof WallarooError) && !this.isDead) throw error;
    }
  }
}
