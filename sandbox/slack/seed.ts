/** Somebody in the workspace, or met through Slack Connect. */
export interface SeedPerson {
  readonly id: string;
  readonly handle: string;
  readonly realName: string;
  readonly email?: string;
  /** @default the workspace's own team */
  readonly teamId?: string;
  /** `single_channel_guest` and `multi_channel_guest` are `is_ultra_restricted` and `is_restricted`. */
  readonly kind?: 'admin' | 'member' | 'multi_channel_guest' | 'single_channel_guest' | 'stranger';
  readonly isDeactivated?: boolean;
  readonly timeZone?: string;
  /** Somebody of an Enterprise Grid: its organisation and the workspaces that they are in. */
  readonly enterprise?: {
    readonly id: string;
    readonly teams: readonly string[];
    /** Their id in the organisation, by which they are found too. @default the same */
    readonly userId?: string;
  };
  /** @default true */
  readonly isEmailConfirmed?: boolean;
}

export interface SeedChannel {
  readonly id: string;
  readonly name: string;
  readonly kind?: 'public' | 'private';
  readonly members: readonly string[];
  readonly isArchived?: boolean;
  /** Teams of other companies that share it (Slack Connect). */
  readonly sharedWith?: readonly string[];
}

export interface SeedUserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly isDisabled?: boolean;
}

export interface SlackSeed {
  /**
   * On the `free` plan there are no user groups: `plan_upgrade_required`. `orgWideFor`: the organisation for all of which
   * the app is installed; `orgTeams`: its workspaces that have let the app in, this one by default.
   */
  readonly team: {
    id: string;
    name: string;
    domain: string;
    plan?: 'free' | 'paid';
    orgWideFor?: string;
    orgTeams?: readonly string[];
  };
  readonly bot: { userId: string; botId: string; appId: string; handle: string; name: string };
  readonly people: readonly SeedPerson[];
  readonly channels: readonly SeedChannel[];
  readonly userGroups: readonly SeedUserGroup[];
}

const bot = 'U0BOT';
const colleagues = ['U0ADA', 'U0BEN', 'U0STEVE', 'U0MIA'];

/** Ex Co: two administrators, two members, two guests, a person of another company and one who left. */
export const defaultSlackSeed: SlackSeed = {
  team: { id: 'T0WALLAROO', name: 'Ex Co', domain: 'ex-co' },
  bot: { userId: bot, botId: 'B0BOT', appId: 'A0WALLAROO', handle: 'wallaroo', name: 'Wallaroo' },
  people: [
    { id: 'U0ADA', handle: 'ada', realName: 'Ada Admin', email: 'ada@ex.co', kind: 'admin' },
    { id: 'U0BEN', handle: 'ben', realName: 'Ben Boss', email: 'ben@ex.co' },
    { id: 'U0STEVE', handle: 'steve', realName: 'Steve', email: 'steve@ex.co' },
    { id: 'U0MIA', handle: 'mia', realName: 'Mia Member', email: 'mia@ex.co', timeZone: 'America/New_York' },
    {
      id: 'U0GUS',
      handle: 'gus',
      realName: 'Gus Guest',
      email: 'gus@guest.example',
      kind: 'single_channel_guest',
    },
    {
      id: 'U0GIA',
      handle: 'gia',
      realName: 'Gia Guest',
      email: 'gia@guest.example',
      kind: 'multi_channel_guest',
    },
    {
      id: 'U0XENO',
      handle: 'xeno',
      realName: 'Xeno Elsewhere',
      email: 'xeno@other.example',
      kind: 'stranger',
      teamId: 'T0OTHER',
    },
    { id: 'U0GONE', handle: 'gone', realName: 'Gone Away', email: 'gone@ex.co', isDeactivated: true },
  ],
  channels: [
    { id: 'C0APPROVALS', name: 'wallaroo-approvals', members: [bot, 'U0ADA', 'U0BEN', 'U0STEVE', 'U0GUS'] },
    { id: 'C0LICENSE', name: 'wallaroo-license', members: [bot, ...colleagues, 'U0GIA'] },
    { id: 'C0GENERAL', name: 'general', members: [...colleagues, 'U0GIA'] },
    {
      id: 'C0SHARED',
      name: 'shared-with-other',
      members: [bot, ...colleagues, 'U0XENO'],
      sharedWith: ['T0OTHER'],
    },
    { id: 'C0ARCHIVE', name: 'wallaroo-old', members: [bot, ...colleagues], isArchived: true },
    { id: 'C0SECRET', name: 'board-only', kind: 'private', members: ['U0ADA', 'U0BEN'] },
  ],
  userGroups: [
    { id: 'S0ADMINS', handle: 'wallaroo-admins', name: 'Wallaroo admins', members: ['U0ADA', 'U0BEN'] },
    { id: 'S0MEMBERS', handle: 'wallaroo-members', name: 'Wallaroo members', members: colleagues },
  ],
};
