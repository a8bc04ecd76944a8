import type { Duty } from '../jobs/recurring-pass.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { ActionArrival } from '../slack/interaction.ts';
import { ids } from './home-ids.ts';
import { HomeService, type HomeServiceParts } from './home-service.ts';

export interface HomeParts extends HomeServiceParts {
  readonly dispatcher: Dispatcher;
  /** Opens the form in which somebody asks for access for a user. */
  readonly requestAccess: (arrival: ActionArrival) => Promise<void>;
}

export interface Home {
  /** Publishes what is out of date: to run regularly, and after each change. */
  readonly duties: readonly Duty[];
}

/** App Home: shown when opened, on `Refresh`, and again when a change concerns the viewer. */
export function registerHome(parts: HomeParts): Home {
  const { dispatcher, requestAccess } = parts;
  const service = new HomeService(parts);
  dispatcher.homeOpened(({ clicker }) => service.show(clicker, { fresh: false }));
  dispatcher.action(ids.refresh, 'anyone', ({ clicker }) => service.show(clicker, { fresh: true }));
  dispatcher.rawAction(ids.requestAccess, requestAccess);
  return { duties: [{ name: 'home', run: (alive) => service.refreshDue(alive) }] };
}
