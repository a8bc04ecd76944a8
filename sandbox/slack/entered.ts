import { type Control, controlsOf } from './controls.ts';
import { asJson, type Json } from './json.ts';
import type { SlackState } from './state.ts';

// What people filled in. Slack keeps it by block and action id, so it survives an update that keeps both.

const keyOf = (control: Pick<Control, 'blockId' | 'actionId'>) => `${control.blockId}/${control.actionId}`;

/** Where a person's entries on a message are kept; a view's are kept under its id. */
export const messageSurface = (userId: string, channel: string, ts: string) => `${userId}:${channel}:${ts}`;

/** What a control holds before anybody touched it; `undefined` for those that hold nothing (buttons, overflow). */
function initialOf({ element, type }: Control): Json | undefined {
  const one = (held: string, initial: string) => ({ type, [held]: element[initial] ?? null });
  const many = (held: string, initial: string) => ({ type, [held]: element[initial] ?? [] });
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return one('value', 'initial_value');
    case 'rich_text_input':
      return one('rich_text_value', 'initial_value');
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return one('selected_option', 'initial_option');
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return many('selected_options', 'initial_options');
    case 'users_select':
      return one('selected_user', 'initial_user');
    case 'multi_users_select':
      return many('selected_users', 'initial_users');
    case 'channels_select':
      return one('selected_channel', 'initial_channel');
    case 'conversations_select':
      return one('selected_conversation', 'initial_conversation');
    case 'datepicker':
      return one('selected_date', 'initial_date');
    case 'timepicker':
      return one('selected_time', 'initial_time');
    case 'datetimepicker':
      return one('selected_date_time', 'initial_date_time');
    default:
      return undefined;
  }
}

/** What a control holds now, in the shape of Slack's `state.values`. */
export function heldBy(state: SlackState, surface: string, control: Control): Json | undefined {
  const entered = state.entered.get(surface)?.get(keyOf(control));
  return entered !== undefined && entered.type === control.type ? entered : initialOf(control);
}

export function enter(state: SlackState, surface: string, control: Control, held: Json): void {
  const entries = state.entered.get(surface) ?? new Map<string, Json>();
  entries.set(keyOf(control), { type: control.type, ...held });
  state.entered.set(surface, entries);
}

/** Slack's `state.values` of a surface: by block id, then by action id. */
export function stateValues(state: SlackState, surface: string, blocks: readonly Json[]): Json {
  const values: Record<string, Json> = {};
  for (const control of controlsOf(state, blocks)) {
    const held = heldBy(state, surface, control);
    if (held !== undefined)
      values[control.blockId] = { ...asJson(values[control.blockId]), [control.actionId]: held };
  }
  return values;
}
