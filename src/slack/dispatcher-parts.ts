import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Authorize } from './actor.ts';

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
