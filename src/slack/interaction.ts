import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { Logger } from 'pino';
import type { Actor, Clicker, Role } from './actor.ts';
import type { Reply } from './reply.ts';

/** What Slack delivered, before anybody checked who it comes from. */
export interface Arrival {
  readonly clicker: Clicker;
  readonly reply: Reply;
  readonly log: Logger;
  readonly trigger: Trigger;
  /** The view pressed in. */
  readonly view?: PressedView | undefined;
}

/** Opens a modal: once, within 3 seconds of its delivery. */
export interface Trigger {
  /** Whether it may open one yet; never where Slack gave none. */
  readonly isFresh: boolean;
  /** The `trigger_id`, which is used up by asking. */
  take(): string | undefined;
}

export function triggerOf(id: string | undefined): Trigger {
  let left = id;
  return {
    get isFresh() {
      return left !== undefined;
    },
    take: () => {
      const taken = left;
      left = undefined;
      return taken;
    },
  };
}

/** What becomes of the blocks of a form. */
export type AlterBlocks = (blocks: readonly KnownBlock[]) => readonly KnownBlock[];

/** An arrival whose sender was checked. */
export type Interaction<A extends Arrival = Arrival> = A & { readonly actor: Actor };

export interface CommandArrival extends Arrival {
  /** What was typed after the command's name. */
  readonly text: string;
}

export interface ActionArrival extends Arrival {
  readonly actionId: string;
  /** A button's value, or that of the chosen option; '' when there is none. */
  readonly value: string;
  /** A menu whose choice was taken away, or that came without one. */
  readonly nothingChosen: boolean;
  /** The values of all boxes that are ticked in the message or view pressed in, from the top. */
  readonly ticked: readonly string[];
  /** The message pressed on. */
  readonly message: { readonly channelId: string; readonly ts: string } | undefined;
  readonly view: PressedView | undefined;
}

export interface PressedView {
  readonly id: string;
  readonly type: string;
  readonly privateMetadata: string;
  readonly values: FormValues;
  /** Draws a form again, with what `alter` makes of its blocks. */
  readonly redraw: (alter: AlterBlocks) => Promise<void>;
}

export interface SubmissionArrival extends Arrival {
  readonly viewId: string;
  readonly privateMetadata: string;
  readonly values: FormValues;
}

/** Who may do a thing: members are administrators too. */
export type Need = Exclude<Role, 'outsider'> | 'anyone';

/** Administrators, and of the members those of whom this holds; rejects with what they are told where it does not. */
export type AdministratorsAnd<A extends Arrival = Arrival> = (
  interaction: Interaction<A>,
) => Promise<boolean>;

/** A form's inputs by `action_id`; empty ones are left out. */
export type FormValues = Readonly<Record<string, string>>;

/** What `FormValues` holds of a menu of several choices: see `chosenIn`. */
const severalIn = (options: readonly { value?: string }[] | null | undefined): string | undefined =>
  options?.map(({ value = '' }) => value).join(SEVERAL);

const SEVERAL = '\n';

/** The values of the options chosen in a menu of several choices. */
export const chosenIn = (value: string | undefined): readonly string[] =>
  value === undefined ? [] : value.split(SEVERAL);

type StateValues = ViewOutput['state']['values'];

/** Flattens Slack's `view.state.values` (block, action, element) to what each input holds. */
export function formValues(values: unknown): FormValues {
  const flat: Record<string, string> = {};
  for (const block of Object.values((values ?? {}) as StateValues))
    for (const [actionId, element] of Object.entries(block ?? {})) {
      const held = element as {
        value?: string | null;
        selected_option?: { value?: string } | null;
        selected_date?: string | null;
        selected_options?: readonly { value?: string }[] | null;
      } | null;
      const value =
        held?.value ??
        held?.selected_option?.value ??
        held?.selected_date ??
        severalIn(held?.selected_options);
      if (typeof value === 'string' && value.trim() !== '') flat[actionId] = value.trim();
    }
  return flat;
}

/** The values of all ticked boxes in Slack's `state.values`. */
export function tickedIn(values: unknown): readonly string[] {
  const elements = Object.values((values ?? {}) as StateValues).flatMap((block) =>
    Object.values(block ?? {}),
  );
  const ticked = elements.flatMap((element) => {
    const held = element as { type?: string; selected_options?: readonly { value?: string }[] | null } | null;
    return held?.type === 'checkboxes' ? (held.selected_options ?? []) : [];
  });
  return [...new Set(ticked.flatMap(({ value }) => value ?? []))];
}
