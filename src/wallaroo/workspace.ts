import { byCodeUnits } from '../by-code-units.ts';
import type { WallarooUser, WorkspaceRole } from './user.ts';

/** A member of a workspace (contract §2.4). */
export interface WorkspaceMember {
  readonly userId: string;
  /** `undefined` when the platform leaves the type open. */
  readonly role: WorkspaceRole | undefined;
  /** `undefined`: removed from Keycloak, which leaves memberships behind (contract §6.3). */
  readonly user: WallarooUser | undefined;
}

/** A workspace as the bot's account sees it (contract §2.3). */
export interface Workspace {
  /** The only thing that names it: names may repeat. */
  readonly id: number;
  readonly name: string;
  readonly archived: boolean;
  /** Made by the platform for one user, and called after their email (contract §7.2). */
  readonly isDefault: boolean;
  /** Owners first, then by username; who is removed comes last. */
  readonly members: readonly WorkspaceMember[];
}

/** Whether the name is one that the platform gives: people cannot make such a name (contract §6.2, §7.2). */
export const isDefaultName = (name: string): boolean => name.endsWith(' - Default Workspace');

/** By name, and by id where names repeat. */
export const byName = (a: Pick<Workspace, 'id' | 'name'>, b: Pick<Workspace, 'id' | 'name'>): number =>
  byCodeUnits(a.name, b.name) || a.id - b.id;

/** Its OWNERs who are active. */
export const activeOwners = ({ members }: Workspace): readonly WorkspaceMember[] =>
  members.filter(({ role, user }) => role === 'OWNER' && user?.enabled === true);

/** The user's place in it; `undefined` where they are no member. */
export const memberIn = ({ members }: Workspace, userId: string): WorkspaceMember | undefined =>
  members.find((member) => member.userId === userId);
