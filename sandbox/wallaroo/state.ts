import { randomUUID } from 'node:crypto';
import { Listeners } from './listeners.ts';
import { makeUser, type WallarooUser } from './user.ts';
import { type UserType, type Workspace, workspaceTimestamp } from './workspace.ts';

export type Edition = 'community' | 'enterprise';

/** What an instance starts with, and returns to on reset. */
export interface WallarooSeed {
  readonly edition: Edition;
  /** License seats; null: no limit. */
  readonly seats: number | null;
  readonly users: readonly WallarooUser[];
  readonly workspaces: readonly Workspace[];
  /** The account that the bot works with. */
  readonly account: { readonly username: string; readonly password: string };
}

export type StateChange =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'workspace'; readonly workspaceId: number }
  | { readonly kind: 'mail'; readonly mail: Mail }
  | { readonly kind: 'reset' };

/** A mail that Keycloak sent. */
export interface Mail {
  readonly to: string;
  readonly userId: string;
  /** What its link leads to, e.g. `UPDATE_PASSWORD`. */
  readonly actions: readonly string[];
  readonly at: Date;
}

/** The one state behind all endpoints. Records are replaced, never changed, so a reader keeps what it read. */
export class WallarooState {
  readonly changes = new Listeners<StateChange>();
  edition: Edition = 'community';
  seats: number | null = null;
  /** All mails sent, the oldest first. */
  readonly mails: Mail[] = [];
  readonly #users = new Map<string, WallarooUser>();
  readonly #workspaces = new Map<number, Workspace>();
  readonly #seed: WallarooSeed;
  readonly #now: () => Date;
  #lastRow = 0;

  constructor(seed: WallarooSeed, now: () => Date) {
    this.#seed = seed;
    this.#now = now;
    this.#fill();
  }

  get users(): ReadonlyMap<string, WallarooUser> {
    return this.#users;
  }

  get workspaces(): ReadonlyMap<number, Workspace> {
    return this.#workspaces;
  }

  /** By id, username or email, ignoring case. */
  find(who: string): WallarooUser | undefined {
    const wanted = who.toLowerCase();
    const named = (user: WallarooUser) =>
      user.username.toLowerCase() === wanted || user.email?.toLowerCase() === wanted;
    return this.#users.get(who) ?? [...this.#users.values()].find(named);
  }

  /** As {@link find}; throws when there is none. */
  user(who: string): WallarooUser {
    const user = this.find(who);
    if (user === undefined) throw new Error(`The sandbox has no user ${who}.`);
    return user;
  }

  setEnabled(who: string, enabled: boolean): WallarooUser {
    return this.updateUser(who, { enabled });
  }

  /** Notes a sign-in now. */
  signIn(who: string): WallarooUser {
    return this.updateUser(who, { lastLogin: this.#now().getTime() });
  }

  updateUser(who: string, change: Partial<Omit<WallarooUser, 'id'>>): WallarooUser {
    const user = { ...this.user(who), ...change };
    this.#users.set(user.id, user);
    void this.changes.tell({ kind: 'user', userId: user.id });
    return user;
  }

  addUser(given: Partial<WallarooUser> & Pick<WallarooUser, 'username'>): WallarooUser {
    const user = makeUser({ id: randomUUID(), createdTimestamp: this.#now().getTime(), ...given });
    this.#users.set(user.id, user);
    void this.changes.tell({ kind: 'user', userId: user.id });
    return user;
  }

  /** Memberships stay, as after a deletion in Keycloak (contract §6.3). */
  removeUser(who: string): void {
    const { id } = this.user(who);
    this.#users.delete(id);
    void this.changes.tell({ kind: 'user', userId: id });
  }

  /** Sends a mail now. */
  mail(given: Omit<Mail, 'at'>): void {
    const mail = { ...given, at: this.#now() };
    this.mails.push(mail);
    void this.changes.tell({ kind: 'mail', mail });
  }

  /** Creates a workspace whose creator is its owner. */
  addWorkspace(name: string, creatorId: string): Workspace {
    const id = Math.max(0, ...this.#workspaces.keys()) + 1;
    const createdAt = workspaceTimestamp(this.#now());
    const rest = { archived: false, models: [], pipelines: [], members: [] };
    this.#workspaces.set(id, { id, name, createdAt, createdBy: creatorId, ...rest });
    return this.setMember(id, creatorId, 'OWNER');
  }

  updateWorkspace(id: number, change: Partial<Omit<Workspace, 'id'>>): Workspace {
    const workspace = { ...this.workspace(id), ...change };
    this.#workspaces.set(id, workspace);
    void this.changes.tell({ kind: 'workspace', workspaceId: id });
    return workspace;
  }

  /** Throws when there is none. */
  workspace(id: number): Workspace {
    const workspace = this.#workspaces.get(id);
    if (workspace === undefined) throw new Error(`The sandbox has no workspace ${id}.`);
    return workspace;
  }

  /** A pair of workspace and user exists once: a member's type is changed (contract §2.4). */
  setMember(workspaceId: number, userId: string, userType: UserType | null): Workspace {
    const { members } = this.workspace(workspaceId);
    const member = members.find((one) => one.userId === userId);
    const others = members.filter((one) => one !== member);
    this.#lastRow += member === undefined ? 1 : 0;
    const row = { id: member?.id ?? this.#lastRow, userId, userType };
    return this.updateWorkspace(workspaceId, { members: [...others, row] });
  }

  /** Whether there was such a member. */
  removeMember(workspaceId: number, userId: string): boolean {
    const { members } = this.workspace(workspaceId);
    const left = members.filter((one) => one.userId !== userId);
    if (left.length === members.length) return false;
    this.updateWorkspace(workspaceId, { members: left });
    return true;
  }

  reset(): void {
    this.#fill();
    void this.changes.tell({ kind: 'reset' });
  }

  #fill(): void {
    const { edition, seats, users, workspaces } = this.#seed;
    this.edition = edition;
    this.seats = seats;
    this.mails.length = 0;
    this.#users.clear();
    this.#workspaces.clear();
    for (const user of users) this.#users.set(user.id, user);
    for (const workspace of workspaces) this.#workspaces.set(workspace.id, workspace);
    const rows = workspaces.flatMap((workspace) => workspace.members.map((member) => member.id));
    this.#lastRow = rows.reduce((last, row) => Math.max(last, row), 0);
  }
}
