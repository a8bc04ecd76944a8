import { personKeys } from '../../src/access/person-keys.ts';

export interface ModelPerson {
  readonly id: string;
  readonly email: string;
  readonly administrator: boolean;
}

export const PEOPLE: readonly ModelPerson[] = [
  { id: 'U0ADA', email: 'ada@ex.co', administrator: true },
  // Ada once more, under another account.
  { id: 'W0ADA', email: 'ADA@ex.co', administrator: true },
  { id: 'U0BEN', email: 'ben@ex.co', administrator: true },
  { id: 'U0MIA', email: 'mia@ex.co', administrator: false },
  { id: 'U0STEVE', email: 'steve@ex.co', administrator: false },
];

/** As `access` tells of them. */
export const keysOf = ({ id, email }: ModelPerson): readonly string[] => personKeys({ ids: [id], email });

export const ADMINISTRATORS: readonly string[] = PEOPLE.filter(({ administrator }) => administrator).map(
  ({ id }) => id,
);

/** The account that the bot works with. */
export const BOT = 'chatops@ex.co';
export const PROTECTED = 'testuser@wallaroo.ai';
/** Takes no seat. */
export const EXEMPT = 'auditor@ex.co';
/** People without an account when a story begins; one of them in two spellings. */
export const NEWCOMERS: readonly string[] = ['nina@ex.co', 'Nina@Ex.co', EXEMPT];
export const SEATS = 5;
export const APPROVALS = 'C0APPROVALS';

/** Whom stories are about: active and inactive, never to be deactivated, platform administrators, look-alikes. */
export const USERS: readonly string[] = [
  'admin',
  BOT,
  'steve@ex.co',
  PROTECTED,
  'ada@ex.co',
  'asteve@ex.co',
  'a_b@ex.co',
  'axb@ex.co',
];

/** Workspaces that stories are about: one with two owners, and one with one. */
export const WORKSPACES = ['shared', 'sole'] as const;

export const SKETCHES = [
  {
    name: 'shared',
    members: [
      ['steve', 'OWNER'],
      ['asteve@ex.co', 'OWNER'],
      ['a_b@ex.co', 'COLLABORATOR'],
    ],
  },
  {
    name: 'sole',
    members: [
      ['steve', 'OWNER'],
      ['testuser@wallaroo.ai', 'COLLABORATOR'],
    ],
  },
] as const;
