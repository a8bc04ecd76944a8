import { type Control, controlsOf, optionsOf } from '../controls.ts';
import { asJson, asText, type Json } from '../json.ts';
import { plainTextOf, plainTextOfText } from '../plain-text.ts';
import type { SlackMessage, SlackPerson, SlackState, SlackView } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { blocksOf } from './submission.ts';

/** A message as a person sees it: a snapshot. */
export interface SeenMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  /** Who wrote it, by name. */
  readonly from: string;
  /** What is read in it, controls left out. */
  readonly text: string;
  /** What notifications and screen readers say. */
  readonly fallback: string;
  readonly isEphemeral: boolean;
  readonly isEdited: boolean;
  /** Labels of its buttons. */
  readonly buttons: readonly string[];
  readonly blocks: readonly Json[];
  readonly files: readonly { readonly title: string; readonly content: string | undefined }[];
}

/** A modal or Home as a person sees it: a snapshot. */
export interface SeenView {
  readonly viewId: string;
  /** Empty for Home. */
  readonly title: string;
  readonly text: string;
  /** The label of its submit button, if it has one. */
  readonly submit: string | undefined;
  readonly close: string | undefined;
  readonly buttons: readonly string[];
  /** Labels of its inputs. */
  readonly inputs: readonly string[];
  /** What is said to be wrong with inputs, by their label. */
  readonly errors: Readonly<Record<string, string>>;
  readonly blocks: readonly Json[];
}

const buttonsOf = (controls: readonly Control[]) =>
  controls.filter(({ type }) => type === 'button').map(({ label }) => label);

function nameOf(state: SlackState, userId: string): string {
  return state.people.get(userId)?.realName ?? (userId === 'USLACKBOT' ? 'Slackbot' : userId);
}

export function seenMessage({ state }: Workspace, message: SlackMessage): SeenMessage {
  const { channel, ts, threadTs, blocks, text, files } = message;
  return {
    channel,
    ts,
    threadTs,
    from: nameOf(state, message.user),
    text: plainTextOf(state, blocks, text),
    fallback: plainTextOf(state, [], text),
    isEphemeral: message.onlyFor !== undefined,
    isEdited: message.edited !== undefined,
    buttons: buttonsOf(controlsOf(state, blocks)),
    blocks,
    files: files.map(({ title, content }) => ({ title, content })),
  };
}

export function errorsByLabel({ state }: Workspace, view: SlackView): Readonly<Record<string, string>> {
  const labels = new Map(controlsOf(state, blocksOf(view)).map((it) => [it.blockId, it.label]));
  return Object.fromEntries(Object.entries(view.errors).map(([id, text]) => [labels.get(id) ?? id, text]));
}

export function seenView(workspace: Workspace, view: SlackView): SeenView {
  const { state } = workspace;
  const blocks = blocksOf(view);
  const controls = controlsOf(state, blocks);
  const { title, submit, close } = view.content;
  const label = (text: unknown) => (text ? plainTextOfText(state, text) : undefined);
  return {
    viewId: view.id,
    title: label(title) ?? '',
    text: plainTextOf(state, blocks),
    submit: label(submit),
    close: label(close),
    buttons: buttonsOf(controls),
    inputs: controls.filter(({ isInput }) => isInput).map((it) => it.label),
    errors: errorsByLabel(workspace, view),
    blocks,
  };
}

/** Whether the person may read the channel: its members, and for public ones everyone of the team but guests. */
export function maySee(workspace: Workspace, person: SlackPerson, channelId: string): boolean {
  const channel = workspace.state.channels.get(channelId);
  if (channel === undefined || person.isDeactivated) return false;
  const isColleague = !person.isRestricted && !person.isStranger;
  return channel.members.has(person.id) || (channel.kind === 'public' && isColleague);
}

function written(state: SlackState, { type, label, element }: Control): string {
  const options = optionsOf(element).map(({ text }) => plainTextOfText(state, text));
  return `[${[label || type, ...(options.length > 0 ? [options.join(' | ')] : [])].join(': ')}]`;
}

/** Everything there is to read, with the controls in brackets: `[Approve] [Deny]`. */
export function fullText({ state }: Workspace, seen: SeenMessage | SeenView): string {
  const head = 'title' in seen ? seen.title : '';
  const errors = 'errors' in seen ? Object.entries(seen.errors).map(([at, text]) => `! ${at}: ${text}`) : [];
  const controls = controlsOf(state, seen.blocks).map((control) => written(state, control));
  const submit = 'submit' in seen && seen.submit !== undefined ? [`(${seen.submit})`] : [];
  const rows = [head, seen.text, [...controls, ...submit].join(' '), ...errors];
  return rows.filter((row) => row !== '').join('\n');
}

export const suggestedTexts = (state: SlackState, options: readonly Json[]): readonly string[] =>
  options.map((option) => plainTextOfText(state, asJson(option).text) || (asText(option.value) ?? ''));
