import type { Json } from './json.ts';
import type { SeedPerson, SeedUserGroup, SlackSeed } from './seed.ts';

export interface SlackPerson {
  readonly id: string;
  readonly teamId: string;
  readonly handle: string;
  readonly realName: string;
  readonly email: string | undefined;
  readonly isAdmin: boolean;
  readonly isRestricted: boolean;
  readonly isUltraRestricted: boolean;
  readonly isStranger: boolean;
  readonly isBot: boolean;
  readonly timeZone: string;
  isDeactivated: boolean;
  readonly enterprise?: SeedPerson['enterprise'];
  readonly isEmailConfirmed: boolean;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: Set<string>;
  readonly sharedWith: readonly string[];
  isArchived: boolean;
  /** Slack's word for why nobody may post there, or reply, where that is so. @default both go */
  refuses?: { readonly posts?: string; readonly replies?: string };
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  title: string;
  content: string | undefined;
  isShared: boolean;
}

export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly threadTs: string | undefined;
  /** The only person who sees it; ephemerals have one. */
  readonly onlyFor: string | undefined;
  text: string;
  blocks: readonly Json[];
  metadata: Json | undefined;
  files: readonly SlackFile[];
  edited: { readonly user: string; readonly ts: string } | undefined;
}

/** A modal or a Home tab of one person. */
export interface SlackView {
  readonly id: string;
  readonly userId: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
  /** As the app sent it, with Slack's ids where the app gave none. */
  content: Json;
  hash: string;
  /** What the app said is wrong with inputs, by block id. */
  errors: Readonly<Record<string, string>>;
}

export interface Trigger {
  readonly userId: string;
  /** The modal that the interaction came from, needed by `views.push`. */
  readonly viewId: string | undefined;
  readonly expiresAtMs: number;
  isExchanged: boolean;
}

/** Where a `response_url` writes to. */
export interface ResponseUrl {
  readonly channel: string;
  readonly userId: string;
  readonly expiresAtMs: number;
  readonly threadTs: string | undefined;
  /** The message that `replace_original` and `delete_original` mean. */
  original: string | undefined;
  uses: number;
}

/** All that a Slack workspace holds, as plain data. */
export interface SlackState {
  readonly team: SlackSeed['team'];
  readonly bot: SlackSeed['bot'];
  readonly people: Map<string, SlackPerson>;
  readonly channels: Map<string, SlackChannel>;
  readonly userGroups: Map<string, SeedUserGroup>;
  messages: SlackMessage[];
  /** Open modals by person, the lowest first. */
  readonly stacks: Map<string, SlackView[]>;
  readonly homes: Map<string, SlackView>;
  readonly files: Map<string, SlackFile>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  /** What people entered: by surface (view id or person and message), then by `blockId/actionId`. */
  readonly entered: Map<string, Map<string, Json>>;
  /** Options that the app offered last for an external select, by surface and control. */
  readonly suggested: Map<string, readonly Json[]>;
}

/** A fresh workspace as the seed describes it. */
export function stateFrom(seed: SlackSeed): SlackState {
  const people = seed.people.map((person): [string, SlackPerson] => [
    person.id,
    {
      id: person.id,
      teamId: person.teamId ?? seed.team.id,
      handle: person.handle,
      realName: person.realName,
      email: person.email,
      isAdmin: person.kind === 'admin',
      isRestricted: person.kind === 'multi_channel_guest' || person.kind === 'single_channel_guest',
      isUltraRestricted: person.kind === 'single_channel_guest',
      isStranger: person.kind === 'stranger',
      isBot: false,
      timeZone: person.timeZone ?? 'Europe/Berlin',
      isDeactivated: person.isDeactivated ?? false,
      enterprise: person.enterprise,
      isEmailConfirmed: person.isEmailConfirmed ?? true,
    },
  ]);
  const { bot, team } = seed;
  const botPerson: SlackPerson = {
    id: bot.userId,
    teamId: team.id,
    handle: bot.handle,
    realName: bot.name,
    email: undefined,
    isAdmin: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    isBot: true,
    timeZone: 'UTC',
    isDeactivated: false,
    isEmailConfirmed: false,
  };
  const channels = seed.channels.map((channel): [string, SlackChannel] => [
    channel.id,
    {
      id: channel.id,
      name: channel.name,
      kind: channel.kind ?? 'public',
      members: new Set(channel.members),
      sharedWith: channel.sharedWith ?? [],
      isArchived: channel.isArchived ?? false,
    },
  ]);
  return {
    team,
    bot,
    people: new Map([...people, [bot.userId, botPerson]]),
    channels: new Map(channels),
    userGroups: new Map(seed.userGroups.map((group) => [group.id, group])),
    messages: [],
    stacks: new Map(),
    homes: new Map(),
    files: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    entered: new Map(),
    suggested: new Map(),
  };
}
