import { type Control, controlsOf } from '../controls.ts';
import { heldBy } from '../entered.ts';
import { asJson, asList, asText, isJson, type Json } from '../json.ts';
import { InteractionFailed, SlackRefusal } from '../refusals.ts';
import type { SlackView } from '../state.ts';
import { closeViews, pushView, redrawView, stackOf, viewContent } from '../views.ts';
import type { Workspace } from '../workspace.ts';

type Errors = Readonly<Record<string, string>>;

export const blocksOf = (view: SlackView): readonly Json[] => asList(view.content.blocks).map(asJson);

const isEmpty = (held: Json | undefined): boolean =>
  Object.entries(held ?? {})
    .filter(([name]) => name !== 'type')
    .every(([, value]) => value === null || value === '' || (Array.isArray(value) && value.length === 0));

function faultOf(control: Control, held: Json | undefined): string | undefined {
  if (isEmpty(held)) return control.isOptional ? undefined : 'Please complete this required field.';
  const { min_length, max_length, min_value, max_value } = control.element;
  const text = asText(held?.value);
  if (text === undefined) return undefined;
  if (text.length > Number(max_length ?? 3000)) return `Must be ${max_length ?? 3000} characters or fewer.`;
  if (text.length < Number(min_length ?? 0)) return `Must be ${min_length} characters or more.`;
  if (control.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
    return 'Must be a valid email address.';
  if (control.type === 'url_text_input' && !URL.canParse(text)) return 'Must be a valid URL.';
  if (control.type !== 'number_input') return undefined;
  const number = Number(text);
  if (Number.isNaN(number)) return 'Must be a number.';
  const tooSmall = min_value !== undefined && number < Number(min_value);
  return tooSmall || (max_value !== undefined && number > Number(max_value)) ? 'Out of range.' : undefined;
}

/** What Slack's client says is wrong with the entries of a modal before it sends them, by block id. */
export function entryFaults(workspace: Workspace, view: SlackView): Errors {
  const { state } = workspace;
  const inputs = controlsOf(state, blocksOf(view)).filter((control) => control.isInput);
  const faults = inputs.map((it) => [it.blockId, faultOf(it, heldBy(state, view.id, it))] as const);
  return Object.fromEntries(faults.filter((fault): fault is [string, string] => fault[1] !== undefined));
}

function errorsOf(view: SlackView, given: unknown): Errors {
  const inputs = new Set(
    blocksOf(view)
      .filter(({ type }) => type === 'input')
      .map(({ block_id }) => block_id),
  );
  const errors = Object.entries(asJson(given));
  for (const [blockId, text] of errors) {
    if (!inputs.has(blockId)) throw invalid(`the view has no input block ${blockId}`);
    if (typeof text !== 'string' || text === '') throw invalid(`the error of ${blockId} is no text`);
  }
  if (errors.length === 0) throw invalid('`errors` names no block');
  return Object.fromEntries(errors) as Errors;
}

const invalid = (detail: string) => new InteractionFailed('invalid_ack', detail);

function act(workspace: Workspace, view: SlackView, answer: unknown): void {
  const { userId } = view;
  const isOnTop = stackOf(workspace, userId).at(-1) === view;
  if (answer === undefined || answer === null || (isJson(answer) && Object.keys(answer).length === 0)) {
    if (isOnTop) closeViews(workspace, userId);
    return;
  }
  const { response_action, errors, view: drawn } = asJson(answer);
  switch (response_action) {
    case 'clear':
      closeViews(workspace, userId, true);
      return;
    case 'errors':
      view.errors = errorsOf(view, errors);
      workspace.changed();
      return;
    case 'update':
      redrawView(workspace, view, viewContent(workspace, drawn, 'modal', view));
      return;
    case 'push':
      pushView(workspace, view, viewContent(workspace, drawn, 'modal'));
      return;
    default:
      throw invalid(`not an answer to view_submission: ${JSON.stringify(answer)}`);
  }
}

/**
 * Does what the app answered to `view_submission` (docs.slack.dev/surfaces/modals): nothing closes the view,
 * else `errors`, `update`, `push` or `clear`. Rejects what Slack would refuse with `invalid_ack`.
 */
export function applyAnswer(workspace: Workspace, view: SlackView, answer: unknown): void {
  try {
    act(workspace, view, answer);
  } catch (error) {
    const detail =
      error instanceof SlackRefusal ? `${error.code} ${JSON.stringify(error.details)}` : undefined;
    if (detail === undefined && !(error instanceof InteractionFailed)) throw error;
    workspace.warn(`view_submission: ${detail ?? String(error)}`);
    throw detail === undefined ? error : invalid(detail);
  }
}
