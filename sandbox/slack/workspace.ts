import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { SlackFaults } from './faults.ts';
import { SlackRefusal } from './refusals.ts';
import type { SlackSeed } from './seed.ts';
import { type SlackChannel, type SlackPerson, type SlackState, stateFrom } from './state.ts';
import type { Traffic } from './traffic.ts';

interface WorkspaceParts {
  readonly seed: SlackSeed;
  readonly now: () => Date;
  readonly traffic: Traffic;
  readonly faults: SlackFaults;
  readonly scopes: readonly string[];
  readonly commands: readonly string[];
}

/** The running workspace: its state, its clock, and who must hear of changes. */
export class Workspace {
  readonly seed: SlackSeed;
  readonly now: () => Date;
  readonly traffic: Traffic;
  readonly faults: SlackFaults;
  readonly scopes: readonly string[];
  readonly commands: readonly string[];
  readonly events = new EventEmitter<{ change: [] }>();
  /** Where the server listens, known once it does. */
  url = '';
  state: SlackState;
  #lastTs = 0;
  #count = 0;

  constructor(parts: WorkspaceParts) {
    this.seed = parts.seed;
    this.now = parts.now;
    this.traffic = parts.traffic;
    this.faults = parts.faults;
    this.scopes = parts.scopes;
    this.commands = parts.commands;
    this.state = stateFrom(parts.seed);
    this.events.setMaxListeners(0);
  }

  reset(): void {
    this.state = stateFrom(this.seed);
    this.changed();
  }

  /** Tells pages and waiting tests that something visible is different. */
  changed(): void {
    this.events.emit('change');
  }

  warn(text: string): void {
    this.traffic.record({ kind: 'warning', text });
  }

  /** A message's `ts`: seconds with six decimals, never the same twice. */
  nextTs(): string {
    this.#lastTs = Math.max(this.now().getTime() * 1000, this.#lastTs + 1);
    return `${Math.floor(this.#lastTs / 1e6)}.${String(this.#lastTs % 1e6).padStart(6, '0')}`;
  }

  nextId(prefix: string): string {
    this.#count += 1;
    return `${prefix}0${String(this.#count).padStart(8, '0')}`;
  }

  hash(): string {
    return `${Math.floor(this.now().getTime() / 1000)}.${randomBytes(4).toString('hex')}`;
  }

  /** Refuses with `error` when there is no such person. */
  person(id: string, error = 'user_not_found'): SlackPerson {
    const person = this.state.people.get(id);
    if (person === undefined) throw new SlackRefusal(error);
    return person;
  }

  channel(id: string): SlackChannel {
    const channel = this.state.channels.get(id);
    if (channel === undefined) throw new SlackRefusal('channel_not_found');
    return channel;
  }

  /** The app's direct message channel with a person, made when first asked for. */
  dmWith(userId: string): SlackChannel {
    const bot = this.state.bot.userId;
    for (const channel of this.state.channels.values()) {
      if (channel.kind === 'im' && channel.members.has(userId)) return channel;
    }
    const channel: SlackChannel = {
      id: `D${userId.slice(1)}`,
      name: 'directmessage',
      kind: 'im',
      members: new Set([bot, userId]),
      sharedWith: [],
      isArchived: false,
    };
    this.state.channels.set(channel.id, channel);
    return channel;
  }
}
