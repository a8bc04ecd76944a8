import { asText, type Json } from '../json.ts';
import { SlackRefusal } from '../refusals.ts';
import type { SlackView } from '../state.ts';
import { findTrigger } from '../triggers.ts';
import { findView, openView, publishHome, pushView, redrawView, viewContent, viewJson } from '../views.ts';
import type { Workspace } from '../workspace.ts';
import type { Method } from './method.ts';

function checkHash(view: SlackView, hash: unknown): void {
  if (hash !== undefined && hash !== '' && hash !== view.hash) throw new SlackRefusal('hash_conflict');
}

const answer = (workspace: Workspace, view: SlackView): Json => ({ view: viewJson(workspace, view) });

/** `views.*`; none needs a scope. */
export const views: Readonly<Record<string, Method>> = {
  'views.open': {
    run: (workspace, args) => {
      const { trigger, exchange } = findTrigger(workspace, args.trigger_id);
      const content = viewContent(workspace, args.view, 'modal');
      exchange();
      return answer(workspace, openView(workspace, trigger.userId, content));
    },
  },
  'views.push': {
    run: (workspace, args) => {
      const { trigger, exchange } = findTrigger(workspace, args.trigger_id);
      if (trigger.viewId === undefined) throw new SlackRefusal('not_found');
      const below = findView(workspace, trigger.viewId);
      const content = viewContent(workspace, args.view, 'modal');
      const pushed = pushView(workspace, below, content);
      exchange();
      return answer(workspace, pushed);
    },
  },
  'views.update': {
    run: (workspace, args) => {
      if (args.view_id === undefined && args.external_id === undefined)
        throw new SlackRefusal('invalid_arguments');
      const view = findView(workspace, args.view_id, args.external_id);
      const type = view.content.type === 'home' ? 'home' : 'modal';
      const content = viewContent(workspace, args.view, type, view);
      checkHash(view, args.hash);
      redrawView(workspace, view, content);
      return answer(workspace, view);
    },
  },
  'views.publish': {
    run: (workspace, args) => {
      const person = workspace.person(asText(args.user_id) ?? '');
      const home = workspace.state.homes.get(person.id);
      const content = viewContent(workspace, args.view, 'home', home);
      if (home !== undefined) checkHash(home, args.hash);
      return answer(workspace, publishHome(workspace, person.id, content));
    },
  },
};
