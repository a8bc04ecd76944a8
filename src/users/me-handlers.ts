import type { Actor } from '../slack/actor.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { ActionArrival } from '../slack/interaction.ts';
import type { MeService } from './me-service.ts';
import { meMessage, type OwnRequests } from './me-views.ts';
import { ids, requestManners } from './users-ids.ts';

export interface MeHandlerParts {
  readonly dispatcher: Dispatcher;
  readonly service: MeService;
  /** What somebody asked for lately. */
  readonly requests: (actor: Actor) => Promise<OwnRequests>;
  /** Asks for access for the presser's own user, at once. */
  readonly requestAccess: (arrival: ActionArrival) => Promise<void>;
  /** Opens the form in which they ask for it. */
  readonly openAccess: (arrival: ActionArrival) => Promise<void>;
  /** Opens the form in which somebody is invited: the email that is the value, else the presser's. */
  readonly openInvitation: (arrival: ActionArrival) => Promise<void>;
  /** Opens the form that asks for more time. */
  readonly openExtend: (arrival: ActionArrival) => Promise<void>;
}

/** `/wallaroo me`, and what is pressed on somebody's own card wherever it stands. */
export function registerMe(parts: MeHandlerParts): readonly Subcommand[] {
  const { dispatcher, service } = parts;
  dispatcher.rawAction(ids.requestAccess, (arrival) =>
    arrival.value === requestManners.atOnce ? parts.requestAccess(arrival) : parts.openAccess(arrival),
  );
  dispatcher.rawAction(ids.askInvitation, parts.openInvitation);
  dispatcher.rawAction(ids.extend, parts.openExtend);
  return [
    {
      name: 'me',
      usage: 'me',
      about: 'shows your own user, and lets you ask for access',
      needs: 'member',
      isAlone: true,
      answer: 'message',
      run: async ({ actor, reply }) => {
        const [facts, requests] = await Promise.all([
          service.facts(actor, { workspaces: true }),
          parts.requests(actor),
        ]);
        await reply.send(meMessage(facts, requests));
      },
    },
  ];
}
