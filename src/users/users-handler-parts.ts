import type { WebClient } from '@slack/web-api';
import type { Message } from '../slack/blocks.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { ActionArrival, Interaction } from '../slack/interaction.ts';
import type { UserLists, Viewer } from './list-service.ts';
import type { UsersService } from './users-service.ts';

/** What the handlers of this feature work with. */
export interface UsersHandlerParts {
  readonly dispatcher: Dispatcher;
  readonly client: WebClient;
  readonly now: () => Date;
  readonly service: UsersService;
  readonly lists: UserLists;
  /** Opens the confirmation of a change for one user. */
  readonly openSwitch: (arrival: ActionArrival, userId: string, enabled: boolean) => Promise<void>;
  /** Opens the form that mends a user's account. */
  readonly openFix: (arrival: ActionArrival, userId: string) => Promise<void>;
  /** Opens the form that asks for more time for the timed activation whose end the value names. */
  readonly openExtend: (arrival: ActionArrival) => Promise<void>;
  /** Opens the form in which a workspace is chosen for a user. */
  readonly openAddTo: (arrival: ActionArrival, userId: string) => Promise<void>;
  /** The same for several at once: of one it is that of one. */
  readonly openSeveral: (
    arrival: ActionArrival,
    userIds: readonly string[],
    enabled: boolean,
  ) => Promise<void>;
  /** What became of one user so far, from the trail. */
  readonly historyOf: (user: { readonly id: string; readonly label: string }) => Promise<Message>;
}

/** Who looks, for what is shown to them. */
export const viewerOf = ({ actor }: Interaction): Viewer => ({
  email: actor.email,
  administrator: actor.role === 'administrator',
});
