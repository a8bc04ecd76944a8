export type UserType = 'OWNER' | 'COLLABORATOR';

/** A row of `workspace_users` (contract §7.2). */
export interface Member {
  readonly id: number;
  /** May name a user who no longer exists (contract §6.3). */
  readonly userId: string;
  readonly userType: UserType | null;
}

/** A workspace as the sandbox keeps it (contract §2.3). */
export interface Workspace {
  readonly id: number;
  readonly name: string;
  /** ISO 8601 with `+00:00`. */
  readonly createdAt: string;
  /** User id, whichever of its forms a call shows (contract §6.1). */
  readonly createdBy: string;
  readonly archived: boolean;
  readonly models: readonly number[];
  readonly pipelines: readonly number[];
  readonly members: readonly Member[];
}

/** The platform's timestamp of a workspace: microseconds, trailing zeros cut (contract §2.3). */
export function workspaceTimestamp(at: Date): string {
  const fraction = `${at.getUTCMilliseconds()}`.padStart(3, '0').replace(/0+$/, '');
  const seconds = at.toISOString().slice(0, 19);
  return `${seconds}${fraction === '' ? '' : `.${fraction}`}+00:00`;
}
