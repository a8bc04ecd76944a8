import type { App } from '@slack/bolt';
import type { ModalView, PlainTextOption } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Authorize } from './actor.ts';
import type { Arrival, Interaction } from './interaction.ts';

export interface DispatcherParts {
  readonly app: App;
  readonly client: WebClient;
  readonly log: Logger;
  readonly authorize: Authorize;
  /** Mentions of the administrators, for people who have to ask one. */
  readonly administrators: string;
  /** For ages, which a changed clock must not change. */
  readonly monotonicMs: () => number;
  /** Seals modals' metadata; the same on every replica. */
  readonly secret: string;
}

export type Handle<A extends Arrival> = (interaction: Interaction<A>) => Promise<void>;
export type FindOptions = (
  typed: string,
  interaction: Interaction,
  /** Of the menu that was typed into, with what follows its id. */
  actionId: string,
) => Promise<PlainTextOption[]>;
export type DrawModal<A extends Arrival> = (interaction: Interaction<A>) => Promise<ModalView>;
