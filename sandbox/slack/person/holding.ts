import { type Control, optionsOf } from '../controls.ts';
import type { Json } from '../json.ts';
import { notPossible } from '../refusals.ts';
import type { SlackState } from '../state.ts';
import { findOption, type Words } from './find-control.ts';

/** What a person puts into a control: text, the text of an option, several of them, or nothing. */
export type Entry = Words | readonly Words[] | null;

const plain = (words: Words): string => {
  if (typeof words === 'string') return words;
  throw notPossible('a pattern cannot be typed');
};

function personOf(state: SlackState, words: Words): string {
  const wanted = plain(words);
  const found = [...state.people.values()].find(({ id, handle, realName }) =>
    [id, handle, `@${handle}`, realName].includes(wanted),
  );
  if (found === undefined) throw notPossible(`there is nobody called ${wanted}`);
  return found.id;
}

function channelOf(state: SlackState, words: Words): string {
  const wanted = plain(words);
  const found = [...state.channels.values()].find(({ id, name }) => [id, name, `#${name}`].includes(wanted));
  if (found === undefined) throw notPossible(`there is no channel ${wanted}`);
  return found.id;
}

const richText = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

const listOf = (entry: Entry): readonly Words[] => {
  if (entry === null) return [];
  return typeof entry === 'string' || entry instanceof RegExp ? [entry] : entry;
};

/** How each kind of control keeps an entry, in the shape of Slack's `state.values`. */
export function holding(state: SlackState, control: Control, entry: Entry, suggested: readonly Json[]): Json {
  const words = listOf(entry);
  const [first] = words;
  const one = (name: string, of: (words: Words) => unknown) => ({
    [name]: first === undefined ? null : of(first),
  });
  const many = (name: string, of: (words: Words) => unknown) => ({ [name]: words.map(of) });
  const option = (wanted: Words) => {
    const isExternal = control.type.endsWith('external_select');
    return findOption(state, isExternal ? suggested : optionsOf(control.element), wanted);
  };
  const person = (wanted: Words) => personOf(state, wanted);
  switch (control.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return one('value', (it) => plain(it) || null);
    case 'rich_text_input':
      return one('rich_text_value', (it) => richText(plain(it)));
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return one('selected_option', option);
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return many('selected_options', option);
    case 'users_select':
      return one('selected_user', person);
    case 'multi_users_select':
      return many('selected_users', person);
    case 'channels_select':
      return one('selected_channel', (it) => channelOf(state, it));
    case 'conversations_select':
      return one('selected_conversation', (it) => channelOf(state, it));
    case 'datepicker':
      return one('selected_date', plain);
    case 'timepicker':
      return one('selected_time', plain);
    case 'datetimepicker':
      return one('selected_date_time', (it) => Number(plain(it)));
    default:
      throw notPossible(`nothing can be entered into a ${control.type}`);
  }
}

/** What `actions[0]` of a payload says of a control beside its ids: a button's face, a menu's choice. */
export function actionOf({ type, actionId, blockId, element }: Control, held: Json | undefined): Json {
  const shown = type === 'button' ? ['text', 'value', 'style', 'url'] : ['placeholder'];
  const face = Object.entries(element).filter(([name]) => shown.includes(name));
  return { type, action_id: actionId, block_id: blockId, ...Object.fromEntries(face), ...held };
}
