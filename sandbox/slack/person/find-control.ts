import { type Control, controlsOf, optionsOf } from '../controls.ts';
import { asText, type Json } from '../json.ts';
import { plainTextOfText } from '../plain-text.ts';
import { notPossible } from '../refusals.ts';
import type { SlackState } from '../state.ts';

/** Words as they are read: a text that stands there whole, or a pattern. */
export type Words = string | RegExp;

/** Tells one control from the others; what is left out fits any. */
export interface ControlMatch {
  /** A button's text, an input's label, a menu's placeholder. */
  readonly label?: Words;
  /** Text of the row: `steve@ex.co` does not fit a row of `asteve@ex.co`. */
  readonly near?: Words;
  /** Which of those that fit, from 0; -1 is the last. Needed where several are left. */
  readonly index?: number;
  readonly actionId?: string;
  readonly blockId?: string;
}

/** Words alone mean the label. */
export type Match = Words | ControlMatch;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether `wanted` stands in `text` as a word of its own, not as a part of a longer word or address. */
function says(text: string, wanted: Words): boolean {
  if (wanted instanceof RegExp) return wanted.test(text);
  return new RegExp(`(?<![\\p{L}\\p{N}._%+@-])${escaped(wanted)}(?![\\p{L}\\p{N}])`, 'u').test(text);
}

/** Those whose text is `wanted`; if there are none, those that contain it. */
function fitting<T>(all: readonly T[], textOf: (it: T) => string, wanted: Words): readonly T[] {
  if (wanted instanceof RegExp) return all.filter((it) => wanted.test(textOf(it)));
  const exact = all.filter((it) => textOf(it).trim() === wanted.trim());
  return exact.length > 0 ? exact : all.filter((it) => textOf(it).includes(wanted));
}

const offers = (state: SlackState, control: Control, option: Words) =>
  control.type === 'overflow' &&
  fitting(optionsOf(control.element), ({ text }) => plainTextOfText(state, text), option).length > 0;

const line = ({ type, label, nearby }: Control) =>
  `  ${type} ${JSON.stringify(label)} near ${JSON.stringify(nearby.slice(0, 80))}`;

/**
 * The one control that fits. With `option`, a menu without a label is found by an option that it offers.
 * Throws `not_possible` with a list of what is there when none or several fit.
 */
export function findControl(
  state: SlackState,
  blocks: readonly Json[],
  match: Match,
  option?: Words,
): Control {
  const wanted: ControlMatch =
    typeof match === 'string' || match instanceof RegExp ? { label: match } : match;
  const { label, near, index, actionId, blockId } = wanted;
  const all = controlsOf(state, blocks);
  const placed = all.filter(
    (it) =>
      (near === undefined || says(it.nearby, near)) &&
      (actionId === undefined || it.actionId === actionId) &&
      (blockId === undefined || it.blockId === blockId),
  );
  const labelled = label === undefined ? placed : fitting(placed, (it) => it.label, label);
  const offering = option === undefined ? [] : labelled.filter((it) => offers(state, it, option));
  const left = offering.length > 0 ? offering : labelled;
  const found = index === undefined ? left : left.slice(index).slice(0, 1);
  const [control] = found;
  if (control !== undefined && found.length === 1) return control;
  const asked = JSON.stringify(wanted, (_, it) => (it instanceof RegExp ? String(it) : it));
  const many = found.length === 0 ? 'no control fits' : `${found.length} controls fit`;
  throw notPossible([`${many} ${asked}; there are:`, ...all.map(line)].join('\n'));
}

/** The one option with this text (or value). Throws `not_possible` with the options that are offered. */
export function findOption(state: SlackState, offered: readonly Json[], wanted: Words): Json {
  const read = ({ text }: Json) => plainTextOfText(state, text);
  const byText = fitting(offered, read, wanted);
  const byValue = offered.filter(({ value }) => asText(value) === wanted);
  const [option] = byValue.length > 0 ? byValue : byText;
  if (option !== undefined && (byValue.length > 0 || byText.length === 1)) return option;
  throw notPossible(
    `no single option ${String(wanted)}; offered: ${offered.map(read).join(' | ') || 'none'}`,
  );
}
