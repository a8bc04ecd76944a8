/** A user of the recordings; Keycloak and the sandbox are given the same. */
export interface CastMember {
  readonly username: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly enabled?: boolean;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly requiredActions?: readonly string[];
  /** Roles of the client `master-realm`, with those that they bring along. */
  readonly roles: readonly string[];
}

/** The password of everybody in the cast. */
export const castPassword = 'contract-cast';

const viewing = ['view-users', 'query-users', 'query-groups'];

const proper = (name: string, roles: readonly string[]): CastMember => ({
  username: `${name}@cast.co`,
  email: `${name}@cast.co`,
  emailVerified: true,
  firstName: 'Given',
  lastName: 'Family',
  roles,
});

/** Callers with different rights, and those whom they ask about. */
export const cast: readonly CastMember[] = [
  proper('manager', ['manage-users', ...viewing]),
  proper('viewer', viewing),
  proper('asker', ['query-users']),
  proper('nobody', []),
  { ...proper('steve', []), username: 'zz-steve', attributes: { team: ['fraud', 'ml'], floor: ['2'] } },
  { ...proper('asteve', []), emailVerified: false },
  proper('a_b', []),
  proper('axb', []),
  { ...proper('off', []), enabled: false },
  { ...proper('pending', []), requiredActions: ['UPDATE_PASSWORD'] },
  { username: 'bare-cast', roles: [] },
];
