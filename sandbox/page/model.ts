import type { KnownBlock } from '@slack/types';

// What the page shows, from either source; slack-source.ts and wallaroo-source.ts fill it in.

export interface Person {
  readonly id: string;
  /** What stands behind the `@` of a mention. */
  readonly handle: string;
  readonly name: string;
  readonly about: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'app';
  readonly unread: number;
  readonly writable: boolean;
}

export interface ShownMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly from: { readonly name: string; readonly isApp: boolean };
  readonly ephemeral: boolean;
  readonly edited: boolean;
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

export type Values = Readonly<Record<string, string | readonly string[] | null>>;

export interface ShownView {
  readonly id: string;
  readonly title: string;
  readonly submit: string | undefined;
  readonly close: string | undefined;
  readonly blocks: readonly KnownBlock[];
  /** By block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** By `blockId/actionId`. */
  readonly values: Values;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Names {
  readonly users: readonly Named[];
  readonly channels: readonly Named[];
  readonly groups: readonly Named[];
}

export interface SlackState {
  readonly team: string;
  /** For the bot; the page still shows what stands in it. */
  readonly isDown: boolean;
  readonly me: Person;
  readonly people: readonly Person[];
  /** The names behind all ids that a text may mention. */
  readonly names: Names;
  /** Those that this person is in. */
  readonly channels: readonly Channel[];
  readonly messages: readonly ShownMessage[];
  readonly modal: ShownView | undefined;
  readonly home: ShownView | undefined;
}

export interface TrafficLine {
  readonly id: string;
  readonly at: Date;
  readonly kind: 'envelope' | 'ack' | 'web-api' | 'platform';
  readonly summary: string;
  readonly ms: number | undefined;
  readonly failed: boolean;
  readonly detail: string;
}

export interface WallarooUser {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly isAdmin: boolean;
  readonly lastLogin: Date | undefined;
}

export type WallarooFault = 'slow' | 'down' | 'upgraded' | 'hang';

export interface WallarooWorkspace {
  readonly id: number;
  readonly name: string;
  readonly owners: readonly WallarooOwner[];
  /** All of them, owners too. */
  readonly memberCount: number;
}

interface WallarooOwner {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

export interface WallarooState {
  readonly edition: string;
  readonly seats: number | undefined;
  readonly users: readonly WallarooUser[];
  /** Without archived ones and those of one person. */
  readonly workspaces: readonly WallarooWorkspace[];
  /** To whom Keycloak sent a mail, the latest first. */
  readonly mails: readonly string[];
  /** What every call of the platform meets at present. */
  readonly fault: WallarooFault | undefined;
}

/** Where an interaction happens: a message, the modal on top, or Home. */
export type Place =
  | { readonly on: 'message'; readonly channel: string; readonly ts: string }
  | { readonly on: 'view'; readonly viewId: string };
