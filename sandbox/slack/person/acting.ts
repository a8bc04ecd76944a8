import { validateSuggestions } from '../block-kit/validate.ts';
import type { Control } from '../controls.ts';
import type { Ack, Delivery } from '../delivery/delivery.ts';
import { enter } from '../entered.ts';
import { asJson, asList, type Json } from '../json.ts';
import { plainTextOfText } from '../plain-text.ts';
import { InteractionFailed, notPossible } from '../refusals.ts';
import type { Workspace } from '../workspace.ts';
import { actionOf, type Entry, holding } from './holding.ts';
import { blockActions, blockSuggestion, type Surface, surfaceKey } from './payloads.ts';

// What happens when one person uses one control.

interface Desk {
  readonly workspace: Workspace;
  readonly delivery: Delivery;
  readonly userId: string;
}

/** Slack asks for options from so many typed characters on, unless the element says otherwise. */
const defaultQueryLength = 3;

const suggestionKey = (userId: string, surface: Surface, { blockId, actionId }: Control) =>
  `${surfaceKey(userId, surface)}/${blockId}/${actionId}`;

function checkConfirmed({ workspace }: Desk, { element, dispatches }: Control, confirmed: boolean): void {
  if (element.confirm === undefined || !dispatches || confirmed) return;
  const { title, text } = asJson(element.confirm);
  const asks = [title, text].map((it) => plainTextOfText(workspace.state, it)).join(': ');
  throw notPossible(`it asks first, answer with \`confirmed\`: ${asks}`);
}

function send({ workspace, delivery, userId }: Desk, surface: Surface, action: Json): Promise<Ack> {
  return delivery.send('interactive', blockActions(workspace, userId, surface, action));
}

/** Presses a button. */
export async function pressButton(
  desk: Desk,
  surface: Surface,
  control: Control,
  confirmed: boolean,
): Promise<Ack> {
  checkConfirmed(desk, control, confirmed);
  return send(desk, surface, actionOf(control, undefined));
}

/** Puts an entry into a control; sent at once by those that say so (all outside an input block). */
export async function enterInto(
  desk: Desk,
  surface: Surface,
  control: Control,
  entry: Entry,
  confirmed: boolean,
): Promise<{ readonly ms: number }> {
  const { workspace, userId } = desk;
  checkConfirmed(desk, control, confirmed);
  const suggested = workspace.state.suggested.get(suggestionKey(userId, surface, control)) ?? [];
  const held = holding(workspace.state, control, entry, suggested);
  if (control.type !== 'overflow') {
    enter(workspace.state, surfaceKey(userId, surface), control, held);
    workspace.changed();
  }
  return control.dispatches ? send(desk, surface, actionOf(control, held)) : { ms: 0 };
}

/** Types into an external select: what the app offers, nothing below `min_query_length`. */
export async function searchIn(
  { workspace, delivery, userId }: Desk,
  surface: Surface,
  control: Control,
  typed: string,
): Promise<readonly Json[]> {
  if (!control.type.endsWith('external_select')) throw notPossible(`a ${control.type} does not search`);
  if (typed.length < Number(control.element.min_query_length ?? defaultQueryLength)) return [];
  const asked = { blockId: control.blockId, actionId: control.actionId, typed };
  const { payload } = await delivery.send('interactive', blockSuggestion(workspace, userId, surface, asked));
  const options = optionsIn(workspace, payload);
  workspace.state.suggested.set(suggestionKey(userId, surface, control), options);
  return options;
}

function optionsIn(workspace: Workspace, answer: unknown): readonly Json[] {
  const fault = validateSuggestions(answer);
  if (fault !== undefined) {
    workspace.warn(`answer to block_suggestion: ${fault.messages.join(', ')}`);
    throw new InteractionFailed('invalid_ack', fault.messages.join(', '));
  }
  const { options, option_groups } = asJson(answer);
  const grouped = asList(option_groups).flatMap((group) => asList(asJson(group).options));
  return [...asList(options), ...grouped].map(asJson);
}
