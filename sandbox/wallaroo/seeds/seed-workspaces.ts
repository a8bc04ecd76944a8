import { defaultWorkspaceName } from '../default-workspace.ts';
import type { WallarooUser } from '../user.ts';
import { type UserType, type Workspace, workspaceTimestamp } from '../workspace.ts';

/** A workspace in short. */
export interface Sketch {
  readonly name: string;
  readonly archived?: boolean;
  readonly models?: readonly number[];
  readonly pipelines?: readonly number[];
  /** Usernames with their types; the first is the creator. */
  readonly members: readonly (readonly [string, UserType | null])[];
}

const shared: readonly Sketch[] = [
  // Steve and Olga are the only owners of theirs.
  {
    name: 'fraud-models',
    models: [1, 2],
    pipelines: [1],
    members: [
      ['steve', 'OWNER'],
      ['testuser@wallaroo.ai', 'COLLABORATOR'],
    ],
  },
  {
    name: 'churn-forecast',
    models: [3],
    pipelines: [2],
    members: [
      ['olga@ex.co', 'OWNER'],
      ['steve', 'COLLABORATOR'],
      ['mia@ex.co', 'COLLABORATOR'],
    ],
  },
  {
    name: 'platform-tests',
    members: [
      ['ada@ex.co', 'OWNER'],
      ['testuser@wallaroo.ai', 'OWNER'],
      ['asteve@ex.co', null],
    ],
  },
  {
    name: 'old-experiments',
    archived: true,
    members: [
      ['steve', 'OWNER'],
      ['ivan@ex.co', 'COLLABORATOR'],
    ],
  },
];

/** More of them, each with a catch. */
const more: readonly Sketch[] = [
  // Two active owners.
  {
    name: 'pricing',
    members: [
      ['steve', 'OWNER'],
      ['testuser@wallaroo.ai', 'OWNER'],
      ['mia@ex.co', 'COLLABORATOR'],
    ],
  },
  // In the Community seed Ivan is deactivated, so Steve is the last active owner of two.
  {
    name: 'routing',
    members: [
      ['ivan@ex.co', 'OWNER'],
      ['steve', 'OWNER'],
      ['testuser@wallaroo.ai', 'COLLABORATOR'],
    ],
  },
  // Two of one name, with different owners.
  { name: 'demand', members: [['steve', 'OWNER']] },
  {
    name: 'demand',
    members: [
      ['testuser@wallaroo.ai', 'OWNER'],
      ['steve', 'COLLABORATOR'],
    ],
  },
  // Its only owner is gone from Keycloak.
  {
    name: 'left-behind',
    members: [
      ['0f0f0f0f-0000-4000-8000-00000000dead', 'OWNER'],
      ['testuser@wallaroo.ai', 'COLLABORATOR'],
    ],
  },
  { name: 'without-owners', members: [['steve', 'COLLABORATOR']] },
];

/** Which shared workspaces there are: with `many` also those whose owners have a catch; or these. */
export type WorkspacesSeed = 'few' | 'many' | readonly Sketch[];

function sketches(which: WorkspacesSeed): readonly Sketch[] {
  if (typeof which !== 'string') return which;
  return which === 'many' ? [...shared, ...more] : shared;
}

/** The shared workspaces of the seeds, and the default one of everybody who ever signed in (contract §7.2). */
export function seedWorkspaces(
  users: readonly WallarooUser[],
  now: Date,
  which: WorkspacesSeed = 'few',
): Workspace[] {
  const named = new Map(users.map((user) => [user.username, user]));
  const own: Sketch[] = users
    .filter((user) => user.lastLogin !== null && user.email !== undefined)
    .map((user) => ({ name: defaultWorkspaceName(user), members: [[user.username, 'OWNER']] }));
  const admin: Sketch = { name: 'admin - Default Workspace', members: [['admin', 'OWNER']] };
  let row = 0;
  return [admin, ...own, ...sketches(which)].map(({ name, archived, models, pipelines, members }, index) => {
    const rows = members.map(([username, userType]) => {
      row += 1;
      return { id: row, userId: named.get(username)?.id ?? username, userType };
    });
    return {
      id: index + 1,
      name,
      createdAt: workspaceTimestamp(new Date(now.getTime() - (100 - index) * 86_400_000)),
      createdBy: rows[0]?.userId ?? '',
      archived: archived ?? false,
      models: models ?? [],
      pipelines: pipelines ?? [],
      members: rows,
    };
  });
}
