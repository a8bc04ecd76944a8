import { asJson, asList, type Json } from '../json.ts';
import { notPossible } from '../refusals.ts';
import type { SlackPerson } from '../state.ts';
import { stackOf } from '../views.ts';
import type { Workspace } from '../workspace.ts';
import type { Surface } from './payloads.ts';
import { maySee } from './seen.ts';

/** Where something is pressed: the modal on top, Home, or a message or view as it was seen. */
export type Place =
  | 'modal'
  | 'home'
  | { readonly channel: string; readonly ts: string; readonly blocks?: readonly Json[] }
  | { readonly viewId: string; readonly blocks?: readonly Json[] };

function viewSurface(workspace: Workspace, person: SlackPerson, place: Place): Surface {
  const top = stackOf(workspace, person.id).at(-1);
  const home = workspace.state.homes.get(person.id);
  const viewId = typeof place === 'object' && 'viewId' in place ? place.viewId : undefined;
  const view =
    place === 'modal' ? top : place === 'home' ? home : [top, home].find((it) => it?.id === viewId);
  if (view === undefined)
    throw notPossible(`${person.realName} has no such view open (${viewId ?? String(place)})`);
  return { on: 'view', view, blocks: asList(view.content.blocks).map(asJson) };
}

/**
 * What the person has before them there. With `asSeen` its controls are those of the snapshot, as for someone
 * who presses in the moment before the app redraws it.
 */
export function surfaceAt(workspace: Workspace, person: SlackPerson, place: Place, asSeen = false): Surface {
  const live = surfaceNow(workspace, person, place);
  const seen = typeof place === 'object' ? place.blocks : undefined;
  return asSeen && seen !== undefined ? { ...live, blocks: seen } : live;
}

function surfaceNow(workspace: Workspace, person: SlackPerson, place: Place): Surface {
  if (typeof place === 'string' || 'viewId' in place) return viewSurface(workspace, person, place);
  const { channel, ts } = place;
  const message = workspace.state.messages.find((it) => it.channel === channel && it.ts === ts);
  const isHidden = message?.onlyFor !== undefined && message.onlyFor !== person.id;
  if (message === undefined || isHidden || !maySee(workspace, person, channel))
    throw notPossible(`${person.realName} sees no such message (${channel} ${ts})`);
  return { on: 'message', message, blocks: message.blocks };
}
