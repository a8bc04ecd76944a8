import type { AtWrite } from './client.ts';
import { type Call, WallarooRefused } from './errors.ts';
import type { Platform } from './platform.ts';
import { deletedMembersSchema, doneSchema, removedSchema } from './schemas.ts';
import { type Uncertain, unconfirmed } from './uncertain.ts';
import type { WallarooUser, WorkspaceRole } from './user.ts';

const callOf = (name: string): Call => ({ method: 'POST', path: `/v1/api/${name}` });

export const addCall = callOf('workspaces/add_user');
export const removeCall = callOf('workspaces/remove_user');

/** How the vendor's SDK takes a member out (contract §13). */
const DELETE = `mutation RemoveMember($workspaceId: bigint!, $userId: String!) {
  delete_workspace_users(where: {workspace_id: {_eq: $workspaceId}, user_id: {_eq: $userId}}) { affected_rows }
}`;

/** Writes to the members of one workspace. Each is one request, right after `atWrite`, and says what stays open. */
export class MemberWrites {
  readonly #platform: Platform;
  readonly #workspaceId: number;
  readonly #atWrite: AtWrite | undefined;

  constructor(platform: Platform, workspaceId: number, atWrite: AtWrite | undefined) {
    this.#platform = platform;
    this.#workspaceId = workspaceId;
    this.#atWrite = atWrite;
  }

  /** As the vendor's SDK adds: id and email, the type in small letters (contract §13). Without a role the platform chooses. */
  add({ id, email }: WallarooUser, role: WorkspaceRole | undefined): Promise<Uncertain | undefined> {
    const body = {
      workspace_id: this.#workspaceId,
      user_id: id,
      ...(email === undefined ? {} : { email }),
      ...(role === undefined ? {} : { user_type: role.toLowerCase() }),
    };
    return this.#write((token) =>
      this.#platform.mlops
        .ask(token, 'workspaces/add_user', body, doneSchema)
        .catch(email === undefined ? explainNoEmail : explain),
    );
  }

  /** Through the platform's API by id alone (contract §6.5): how many memberships it says it ended is read back, not believed. */
  remove(userId: string): Promise<Uncertain | undefined> {
    const body = { workspace_id: this.#workspaceId, user_id: userId };
    return this.#write((token) =>
      this.#platform.mlops.ask(token, 'workspaces/remove_user', body, removedSchema).catch(explain),
    );
  }

  /** Through GraphQL, where Keycloak is not asked who that is. */
  removeRow(userId: string): Promise<Uncertain | undefined> {
    const variables = { workspaceId: this.#workspaceId, userId };
    return this.#write((token) =>
      this.#platform.graphql.query(token, DELETE, variables, deletedMembersSchema).catch(explain),
    );
  }

  #write(ask: (token: string) => Promise<unknown>): Promise<Uncertain | undefined> {
    return this.#platform.session.authorized(async (token) => {
      await this.#atWrite?.();
      return unconfirmed(ask(token));
    });
  }
}

/** Where the platform looks for an email that there is none of (contract §2.2). */
function explainNoEmail(error: unknown): never {
  if (!(error instanceof WallarooRefused) || error.code !== 'not_found') return explain(error);
  throw new WallarooRefused(error.call, 'not_found', {
    detail: error.detail,
    userMessage:
      'Wallaroo adds people to workspaces by their email, and this account has none: give it one first.',
    cause: error,
  });
}

/** The rights that a workspace asks for are not those of Keycloak. */
function explain(error: unknown): never {
  if (!(error instanceof WallarooRefused) || error.code !== 'missing_permission') throw error;
  throw new WallarooRefused(error.call, 'missing_workspace_permission', {
    detail: error.detail,
    cause: error,
  });
}
