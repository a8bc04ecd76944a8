import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { WallarooState } from '../../sandbox/wallaroo/state.ts';
import type { WantedRole } from '../../src/access/workspace-rules.ts';
import type { FaultPoint } from '../../src/changes/apply/fault-point.ts';
import { KEPT } from '../../src/changes/apply/timed-activation.ts';
import type { Ask } from '../../src/changes/ask/ask.ts';
import { type Change, isFinal, isSeveral, isUndoable } from '../../src/changes/change.ts';
import { leftToApprover, settledBy, withHandOvers } from '../../src/changes/steps/hand-over.ts';
import { inviteStep, inviteSteps } from '../../src/changes/steps/invite-user.ts';
import { membershipStep, onlyMemberships } from '../../src/changes/steps/membership-step.ts';
import { kindOfStep, type Step } from '../../src/changes/steps/step.ts';
import { turnsOf, undoingSteps } from '../../src/changes/steps/steps-of.ts';
import { type SwitchStep, switchSteps } from '../../src/changes/steps/switch-user.ts';
import { fromRows } from '../../src/changes/store/change-rows.ts';
import { findChange } from '../../src/changes/store/change-store.ts';
import { connect } from '../../src/db/connect.ts';
import { migrateToLatest } from '../../src/db/migrate.ts';
import type { Db } from '../../src/db/tables.ts';
import { WallarooError } from '../../src/wallaroo/errors.ts';
import { wrongCards } from '../support/cards.ts';
import { type ChangeRecords, recordsIn } from '../support/change-records.ts';
import { workspaceNamed } from '../support/workspaces.ts';
import { ModelBot } from './model-bot.ts';
import {
  createModelPlatform,
  type Mishap,
  type ModelPlatform,
  type Mood,
  type Orphaned,
  ownedIn,
} from './model-platform.ts';
import { createModelSlack, type ModelSlack } from './model-slack.ts';
import {
  ADMINISTRATORS,
  BOT,
  EXEMPT,
  keysOf,
  type ModelPerson,
  PEOPLE,
  PROTECTED,
  SEATS,
  SKETCHES,
} from './people.ts';
import { brokenRules, falseSightings, outsideKey, unfinished } from './rules.ts';

const MINUTE_MS = 60_000;
/** How long it takes to start again after a crash; leases of the dead have run out by then. */
const RESTART_MS = 21_000;

export type Decision = 'approve' | 'deny' | 'cancel' | 'try_again' | 'keep';

/** What somebody asks for: users to switch and perhaps somebody to invite, in order. */
export interface Wish {
  readonly wanted: readonly (readonly [string, boolean])[];
  /** The email of whom to invite in the end. */
  readonly invites?: string;
  readonly forMinutes?: number | undefined;
  /** Each is done for itself. @default false: all or none */
  readonly independent?: boolean;
  /** What is to become of somebody in a workspace. */
  readonly member?: { readonly user: string; readonly workspace: string; readonly role: WantedRole };
  /** Who takes over what is left without an owner; without one it is left without. */
  readonly heir?: string | undefined;
  /** It is left to who approves who takes over. @default false */
  readonly leavesOpen?: boolean;
}

/** Who does what at the same moment as others. */
export type Asking = readonly [by: ModelPerson, wish: Wish];

/**
 * The real service and announcer on the sandbox's state, with a clock that moves only when told. `begin` starts the next
 * story; whatever comes after it is one of its steps.
 */
export class ModelWorld {
  readonly #db: Db;
  readonly #platform: ModelPlatform;
  readonly #slack: ModelSlack;
  #nowMs = Date.parse('2026-03-02T10:00:00Z');
  #broken: string[] = [];
  #ids = 0;
  #asked: string[] = [];
  /** What somebody outside does right after each of the next writes of the bot. */
  #meddlers: (readonly [string, boolean])[] = [];
  /** Every card agrees: from a pass with Slack well until Slack goes or the bot dies. */
  #isAgreed = false;
  /** Ids of those who were owners of what a change is about when it was asked for or decided. */
  readonly #owners = new Map<string, ReadonlySet<string>>();
  #fourEyes = false;
  #bot: ModelBot;
  /** The clock of another process, which looks at the instance while the bot does what comes next. */
  #besideSkewMs: number | undefined;
  /** What somebody outside has done in this story: user ids with the states that they were given. */
  readonly #doneOutside = new Set<string>();

  private constructor(db: Db) {
    const now = () => new Date(this.#nowMs);
    this.#db = db;
    const seed = communitySeed({ seats: SEATS, now: now(), workspaces: SKETCHES });
    const state = new WallarooState(seed, now);
    this.#platform = createModelPlatform(state, BOT);
    this.#slack = createModelSlack(now);
    this.#platform.onWrite = async ({ user, enabled }) => {
      this.#broken.push(...(await this.#faultsOfWrite(user.id, enabled)));
      const [meddler, ...others] = this.#meddlers;
      this.#meddlers = others;
      if (meddler !== undefined) this.outside(...meddler);
    };
    this.#platform.onOrphaned = async (orphaned) => {
      this.#broken.push(...(await this.#faultsOfOrphan(orphaned)));
    };
    this.#bot = this.#startBot();
  }

  static async create(): Promise<ModelWorld> {
    const url = 'file::memory:';
    const db = connect(url, () => undefined);
    await migrateToLatest(db, url);
    return new ModelWorld(db);
  }

  async begin(fourEyes: boolean): Promise<void> {
    for (const table of ['change', 'card', 'audit', 'lease', 'watch', 'licenseWarning'] as const)
      await this.#db.deleteFrom(table).execute();
    this.#platform.state.reset();
    this.#platform.mood = 'well';
    this.#platform.mishap = undefined;
    this.#platform.hidden = undefined;
    this.#meddlers = [];
    this.#doneOutside.clear();
    this.#owners.clear();
    this.#besideSkewMs = undefined;
    this.#isAgreed = true;
    this.#slack.workspace.reset();
    this.#slack.workspace.traffic.clear();
    this.#slack.isDown = false;
    this.#asked = [];
    this.#broken = [];
    this.#fourEyes = fourEyes;
    this.#bot = this.#startBot();
    await this.#bot.look();
  }

  stop(): Promise<void> {
    return this.#db.destroy();
  }

  /** Somebody confirms a form; `twice`: it is sent a second time at the same moment. */
  async ask(by: ModelPerson, wish: Wish, twice: boolean): Promise<void> {
    const ask = this.#askOf(by, wish);
    const send = (bot: ModelBot) => bot.service.ask(ask).catch(unlessDown);
    await this.#alive((bot) => Promise.all([send(bot), ...(twice ? [send(bot)] : [])]));
  }

  /** Two people confirm their forms at the same moment. */
  async askTogether(askings: readonly Asking[]): Promise<void> {
    const asks = askings.map(([by, wish]) => this.#askOf(by, wish));
    await this.#alive((bot) => Promise.all(asks.map((ask) => bot.service.ask(ask).catch(unlessDown))));
  }

  #askOf(by: ModelPerson, wish: Wish): Ask {
    const id = this.#newId();
    this.#asked.push(id);
    const steps = [
      ...wish.wanted.map(([label, enabled]) => this.#step(label, enabled)),
      ...(wish.invites === undefined ? [] : [inviteStep(wish.invites)]),
      ...(wish.member === undefined ? [] : [this.#memberStep(wish.member)]),
    ];
    this.#note(id, steps);
    return {
      id,
      steps: this.#handedOver(steps, wish.heir, wish.leavesOpen && !by.administrator),
      reason: 'a story',
      independent: wish.independent,
      ending:
        wish.forMinutes === undefined
          ? undefined
          : ({ kind: 'after', ms: wish.forMinutes * MINUTE_MS } as const),
      seatsShown: { taken: 0, after: 0 },
      requester: { userId: by.id, email: by.email, personKeys: keysOf(by), administrator: by.administrator },
    };
  }

  /** Somebody decides one of the changes asked for, counted from the latest; several at the same moment. */
  async decide(
    decisions: readonly (readonly [ModelPerson, Decision])[],
    which: number,
    heir?: string,
  ): Promise<void> {
    const asked = this.#asked.at(-1 - which);
    if (asked === undefined) return;
    const change = await findChange(this.#db, asked);
    this.#note(asked, change?.steps ?? []);
    // As its form does: what nobody has said yet of a workspace is chosen with the approval.
    const swap = change === undefined || this.#fourEyes ? undefined : this.#withHeirs(change, heir);
    await this.#alive((bot) =>
      Promise.all(
        decisions.map(([person, type]) => {
          const { id: by, administrator } = person;
          const byKeys = keysOf(person);
          return type === 'keep'
            ? administrator && bot.service.decide(`${asked}-T`, { type: 'drop', by, failure: KEPT })
            : bot.service
                .decide(asked, { type, by, byKeys, administrator, seen: undefined, reason: 'no', swap })
                .catch(unlessDown);
        }),
      ),
    );
  }

  /** An administrator, or an owner of the workspace, presses `Undo`, as its handler does it. */
  async undo(by: ModelPerson, which: number, heir?: string): Promise<void> {
    const change = await findChange(this.#db, this.#asked.at(-1 - which) ?? '');
    if (change === undefined || !isUndoable(change, this.#now())) return;
    const undoing = undoingSteps(change.steps);
    const id = `${change.id}-U`;
    this.#note(id, undoing);
    if (!by.administrator && !this.#owns(by, undoing)) return;
    const steps = this.#handedOver(undoing, heir);
    const { administrator } = by;
    const requester = { userId: by.id, email: by.email, personKeys: keysOf(by), administrator };
    const seatsShown = { taken: 0, after: 0 };
    const independent = isSeveral(change) && undoing.length > 1;
    const parentId = change.id;
    const ask = { id, steps, independent, reason: 'undo', seatsShown, requester, parentId };
    await this.#alive((bot) => bot.service.ask(ask));
  }

  /** Time goes by, and the bot's passes with it. */
  async pass(minutes: number): Promise<void> {
    this.#nowMs += minutes * MINUTE_MS;
    const bot = this.#bot;
    await this.#alive((it) => it.pass());
    this.#isAgreed = !this.#slack.isDown && !bot.isDead;
  }

  platform(mood: Mood): void {
    this.#platform.mood = mood;
  }

  mishap(mishap: Mishap): void {
    this.#platform.mishap = mishap;
  }

  meddle(who: string, enabled: boolean): void {
    this.#meddlers.push([who, enabled]);
  }

  slack(isDown: boolean): void {
    this.#slack.isDown = isDown;
    this.#isAgreed &&= !isDown;
  }

  outside(who: string, enabled: boolean): void {
    const { id } = this.#platform.state.setEnabled(who, enabled);
    this.#doneOutside.add(outsideKey(id, enabled ? 'active' : 'inactive'));
  }

  /** The next list that the watch reads lacks this user. */
  hide(who: string): void {
    this.#platform.hidden = who;
  }

  /** Another process, whose clock is ahead by so much, looks at the instance while the bot does what comes next. */
  beside(skewMs: number): void {
    this.#besideSkewMs = skewMs;
  }

  /** The process ends, and the next takes its place. */
  restart(): void {
    this.#bot.isDead = true;
    this.#isAgreed = false;
    this.#nowMs += RESTART_MS;
    this.#bot = this.#startBot();
  }

  /** From now on the process dies when it passes that point. */
  dieAt(point: FaultPoint): void {
    this.#bot.diesAt = point;
  }

  /** All is well again, and time passes until nothing is due any more; then nothing may be left to do. */
  async settle(): Promise<readonly string[]> {
    this.#bot.diesAt = undefined;
    this.#platform.mood = 'well';
    this.#platform.mishap = undefined;
    this.#slack.isDown = false;
    for (let round = 0; round < 2; round += 1) await this.pass(11);
    const { records, broken } = await this.look();
    return [...broken, ...unfinished(records, this.#now())];
  }

  /** What is on record, every change with its state, and the rules of the design that do not hold, in words. */
  async look(): Promise<{
    readonly records: ChangeRecords;
    readonly states: ReadonlyMap<string, string>;
    readonly broken: readonly string[];
  }> {
    const records = await recordsIn(this.#db);
    const { messages } = this.#slack.workspace.state;
    return {
      records,
      states: new Map(records.changes.map(({ id, state }) => [id, state])),
      broken: [
        ...this.#broken,
        ...brokenRules(records, messages, (changeId, id) => this.#mayDecide(changeId, id)),
        ...falseSightings(records, this.#doneOutside),
        ...(this.#isAgreed ? wrongCards(records, messages, this.#now()) : []),
      ],
    };
  }

  #mayDecide(changeId: string, personId: string): boolean {
    return ADMINISTRATORS.includes(personId) || this.#owners.get(changeId)?.has(personId) === true;
  }

  #now(): Date {
    return new Date(this.#nowMs);
  }

  #newId(): string {
    this.#ids += 1;
    return `C${this.#ids}`;
  }

  /** Remembers who are the owners of the workspaces at this moment: nobody else decides about them but administrators. */
  #note(changeId: string, steps: readonly Step[]): void {
    const owners = PEOPLE.filter((person) => this.#owns(person, steps)).map(({ id }) => id);
    this.#owners.set(changeId, new Set([...(this.#owners.get(changeId) ?? []), ...owners]));
  }

  #owns({ email }: ModelPerson, steps: readonly Step[]): boolean {
    const { state } = this.#platform;
    const memberships = onlyMemberships(steps);
    return (
      memberships.length > 0 &&
      memberships.every(({ workspaceId }) =>
        state.workspace(workspaceId).members.some(({ userId, userType }) => {
          const user = state.users.get(userId);
          return userType === 'OWNER' && user?.enabled && user.email?.toLowerCase() === email.toLowerCase();
        }),
      )
    );
  }

  #memberStep({ user, workspace, role }: NonNullable<Wish['member']>): Step {
    const { state } = this.#platform;
    const { id: workspaceId } = workspaceNamed(state, workspace);
    const { id: userId } = state.user(user);
    return membershipStep({ workspaceId, workspace, userId, label: user, role, was: undefined });
  }

  /** The steps with what a form makes of the workspaces that they leave without an active owner. */
  #handedOver(steps: readonly Step[], heir: string | undefined, open = false): readonly Step[] {
    const { state } = this.#platform;
    const leaving = new Set(turnsOf(steps).flatMap(({ userId, enabled }) => (enabled ? [] : [userId])));
    if (leaving.size === 0) return steps;
    const settled = settledBy(steps);
    const takesOver = heir === undefined ? undefined : state.user(heir);
    const to =
      takesOver?.enabled && !leaving.has(takesOver.id)
        ? { userId: takesOver.id, label: takesOver.username }
        : undefined;
    const orphans = [...ownedIn(state)].filter(
      (id) => !settled.includes(id) && activeOwnersOf(state, id).every((owner) => leaving.has(owner)),
    );
    const chosen = orphans.map((workspaceId) => {
      return { workspaceId, workspace: state.workspace(workspaceId).name, to };
    });
    return open ? steps : withHandOvers(steps, chosen);
  }

  /** What an approval chooses; `undefined` where nothing is left open. */
  #withHeirs(change: Change, heir: string | undefined): readonly Step[] | undefined {
    if (!leftToApprover(change.steps) || turnsOf(change.steps).every(({ enabled }) => enabled))
      return undefined;
    return this.#handedOver(
      change.steps.map((step) => kindOfStep(step).unperformed(step)),
      heir,
    );
  }

  /** Rule 13: the person who has left it without an owner was told to. */
  async #faultsOfOrphan({ workspaceId, userId }: Orphaned): Promise<readonly string[]> {
    const { name } = this.#platform.state.workspace(workspaceId);
    if (userId === undefined) return [`rule 13: a membership left ${name} without an active owner`];
    const rows = await this.#db.selectFrom('change').selectAll().where('state', '=', 'applying').execute();
    const isChosen = fromRows(rows).some((change) =>
      switchSteps(change).some((step) => {
        if (step.userId !== userId) return false;
        // Nobody is asked at the end of a timed activation; with four eyes, who approves leaves it as it was asked for.
        const isUnasked = change.origin === 'timed' || (this.#fourEyes && change.origin === 'request');
        const isTakenBack = change.failure !== undefined && step.enabled;
        return isTakenBack || (step.without?.includes(workspaceId) ?? isUnasked);
      }),
    );
    return isChosen ? [] : [`rule 13: ${name} was left without an active owner, and nobody chose that`];
  }

  #step(label: string, enabled: boolean): SwitchStep {
    const { id: userId } = this.#platform.state.user(label);
    return { type: 'switch', userId, enabled, label, before: undefined, after: undefined };
  }

  /** Rules that a write of the bot breaks at its moment. */
  async #faultsOfWrite(userId: string, enabled: boolean): Promise<readonly string[]> {
    const { state } = this.#platform;
    const user = state.user(userId);
    const active = [...state.users.values()].filter((it) => it.enabled && !it.serviceAccount);
    const seated = active.filter((it) => it.email !== EXEMPT);
    const helpers = active.filter((it) => it.realmRoles.includes('admin') && it.username !== BOT);
    const rows = await this.#db.selectFrom('change').selectAll().where('state', '=', 'applying').execute();
    const isNamed = fromRows(rows).some((change) =>
      // The other direction: a swap whose second step failed is taken back.
      writesTo(change, user).some((it) => it.enabled === enabled || change.failure),
    );
    return [
      seated.includes(user) &&
        enabled &&
        seated.length > SEATS &&
        `rule 1: ${seated.length} of ${SEATS} seats after ${user.username}`,
      !enabled &&
        ['admin', BOT, PROTECTED].includes(user.username) &&
        `rule 10: ${user.username} was deactivated`,
      !enabled &&
        user.realmRoles.includes('admin') &&
        helpers.length === 0 &&
        'rule 10: no administrator is left',
      !isNamed && `rule 11: ${user.username} was changed, whom no change under way names`,
    ].filter((fault) => fault !== false);
  }

  /** Lets the bot work. If it dies at that, the next one takes its place: what nobody answered stays unanswered. */
  async #alive(work: (bot: ModelBot) => Promise<unknown>): Promise<void> {
    const bot = this.#bot;
    const other = this.#besideSkewMs === undefined ? undefined : this.#startBot(this.#besideSkewMs);
    this.#besideSkewMs = undefined;
    const looked = other?.look();
    await Promise.race([
      work(bot)
        .catch(unlessDown)
        .then(() => bot.announce()),
      bot.death,
    ]);
    await looked;
    if (bot.isDead) this.restart();
  }

  #startBot(skewMs = 0): ModelBot {
    return new ModelBot({
      db: this.#db,
      platform: this.#platform,
      slack: this.#slack,
      now: () => this.#now(),
      newId: () => this.#newId(),
      fourEyes: this.#fourEyes,
      skewMs,
    });
  }
}

/** What a change does to a user, as far as it has come or may have. */
const writesTo = (change: Change, user: { readonly id: string; readonly username: string }) => [
  ...switchSteps(change).filter(({ userId }) => userId === user.id),
  ...inviteSteps(change)
    .filter(({ email }) => email.toLowerCase() === user.username.toLowerCase())
    .map(() => ({ enabled: true })),
];

export const isOver = (state: string): boolean => isFinal(state as 'applied');

const activeOwnersOf = (state: WallarooState, workspaceId: number): readonly string[] =>
  state
    .workspace(workspaceId)
    .members.filter(
      ({ userId, userType }) => userType === 'OWNER' && state.users.get(userId)?.enabled === true,
    )
    .map(({ userId }) => userId);

/** Who is told that Wallaroo does not answer asks again. */
function unlessDown(error: unknown): void {
  if (!(error instanceof WallarooError)) throw error;
}
