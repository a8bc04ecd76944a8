import type { Delivery } from './delivery/delivery.ts';
import type { Json } from './json.ts';
import { addMessage } from './messages.ts';
import { enterInto, pressButton, searchIn } from './person/acting.ts';
import { findControl, type Match, type Words } from './person/find-control.ts';
import type { Entry } from './person/holding.ts';
import { eventCallback, type Surface, viewClosed, viewSubmission } from './person/payloads.ts';
import { type Place, surfaceAt } from './person/place.ts';
import {
  errorsByLabel,
  maySee,
  type SeenMessage,
  type SeenView,
  seenMessage,
  seenView,
  suggestedTexts,
} from './person/seen.ts';
import { applyAnswer, entryFaults } from './person/submission.ts';
import { escapedText, runCommand } from './person/typing.ts';
import { InteractionFailed, notPossible } from './refusals.ts';
import type { SlackChannel, SlackPerson, SlackView } from './state.ts';
import { closeViews, stackOf, viewJson } from './views.ts';
import type { Workspace } from './workspace.ts';

/** An interaction that the app acknowledged; 0 where nothing had to be sent. */
export interface Done {
  readonly ms: number;
}

/** How a submission ended. `isSent` is false where Slack's own client found entries at fault. */
export interface Submission extends Done {
  readonly isSent: boolean;
  /** By the input's label; empty when all was well. */
  readonly errors: Readonly<Record<string, string>>;
}

interface Pressing {
  /** The option to choose of a menu, by its text. */
  readonly option?: Entry;
  /** Answers a `confirm` dialog with yes. */
  readonly confirmed?: boolean;
  /** Presses what stands in the snapshot, though the app may have redrawn it since. */
  readonly asSeen?: boolean;
}

/**
 * Everything that somebody can do in Slack. Whatever Slack's client would not let them do rejects with
 * `InteractionFailed` and code `not_possible`; what the app leaves unanswered with the code that Slack shows.
 */
export class Person {
  readonly id: string;
  readonly #workspace: Workspace;
  readonly #delivery: Delivery;

  constructor(workspace: Workspace, delivery: Delivery, id: string) {
    this.#workspace = workspace;
    this.#delivery = delivery;
    this.id = id;
  }

  /** Who it is, as Slack has it. */
  get profile(): SlackPerson {
    return this.#workspace.person(this.id);
  }

  /** The id of their direct messages with the app. */
  get dmChannel(): string {
    if (this.profile.isStranger) throw notPossible('strangers have no direct messages with the app');
    return this.#workspace.dmWith(this.id).id;
  }

  /**
   * Types into a channel (its id or name, or `dm`): a slash command is sent to the app, anything else is posted.
   * Rejects when the command is unknown or not acknowledged; Slackbot then says so in the channel too.
   */
  async type(channel: string, text: string): Promise<Done> {
    const place = this.#channel(channel);
    if (text.startsWith('/')) return runCommand(this.#workspace, this.#delivery, this.profile, place, text);
    const posted = escapedText(this.#workspace.state, text);
    addMessage(this.#workspace, {
      channel: place.id,
      user: this.id,
      text: posted,
      blocks: [],
      metadata: undefined,
    });
    return { ms: 0 };
  }

  /** Opens the app's Home tab: resolves when `app_home_opened` was acknowledged, or failed (nobody is told). */
  async openHome(): Promise<void> {
    const home = this.#workspace.state.homes.get(this.#active().id);
    const event = {
      type: 'app_home_opened',
      user: this.id,
      channel: this.dmChannel,
      tab: 'home',
      ...(home === undefined ? {} : { view: viewJson(this.#workspace, home) }),
    };
    await this.#delivery.sendEvent(eventCallback(this.#workspace, event));
  }

  /** The Home tab as it stands, `undefined` before the app has published one. */
  home(): SeenView | undefined {
    const home = this.#workspace.state.homes.get(this.id);
    return home === undefined ? undefined : seenView(this.#workspace, home);
  }

  /** The modal on top, if one is open. */
  modal(): SeenView | undefined {
    const top = stackOf(this.#workspace, this.id).at(-1);
    return top === undefined ? undefined : seenView(this.#workspace, top);
  }

  /** What they see in a channel (its id or name, or `dm`): ephemerals for them and replies in threads included. */
  messages(channel: string): readonly SeenMessage[] {
    const { id } = this.#named(channel);
    if (!maySee(this.#workspace, this.profile, id)) return [];
    return this.#workspace.state.messages
      .filter((it) => it.channel === id && (it.onlyFor === undefined || it.onlyFor === this.id))
      .map((it) => seenMessage(this.#workspace, it));
  }

  /** Their direct messages with the app. */
  dm(): readonly SeenMessage[] {
    return this.messages('dm');
  }

  /**
   * Presses a button, or chooses an option of a menu: `press(message, 'Approve')`,
   * `press(list, { near: 'steve@ex.co' }, 'Deactivate…')`. Resolves once acknowledged.
   */
  async press(place: Place, match: Match, how: Words | Pressing = {}): Promise<Done> {
    const pressing: Pressing = typeof how === 'string' || how instanceof RegExp ? { option: how } : how;
    const surface = this.#surface(place, pressing.asSeen);
    const { option } = pressing;
    const single = typeof option === 'string' || option instanceof RegExp ? option : undefined;
    const control = findControl(this.#workspace.state, surface.blocks, match, single);
    const confirmed = pressing.confirmed ?? false;
    if (control.type === 'button') return pressButton(this.#desk, surface, control, confirmed);
    if (option === undefined) throw notPossible(`a ${control.type} needs an option to choose`);
    return enterInto(this.#desk, surface, control, option, confirmed);
  }

  /** Fills in an input of the modal on top (or of another place); `null` empties it. */
  async fill(match: Match, value: Entry, place: Place = 'modal'): Promise<Done> {
    const surface = this.#surface(place);
    const control = findControl(this.#workspace.state, surface.blocks, match);
    return enterInto(this.#desk, surface, control, value, true);
  }

  /** Chooses an option by its text, several for checkboxes; of an external select, one that `search` found. */
  choose(match: Match, option: Entry, place: Place = 'modal'): Promise<Done> {
    return this.fill(match, option, place);
  }

  /** Types into an external select; the texts of what the app offers. Nothing is sent below `min_query_length`. */
  async search(match: Match, typed: string, place: Place = 'modal'): Promise<readonly string[]> {
    const options = await this.searchOptions(match, typed, place);
    return suggestedTexts(this.#workspace.state, options);
  }

  /** As `search`, with the options whole. */
  async searchOptions(match: Match, typed: string, place: Place = 'modal'): Promise<readonly Json[]> {
    const surface = this.#surface(place);
    const control = findControl(this.#workspace.state, surface.blocks, match);
    return searchIn(this.#desk, surface, control, typed);
  }

  /** Submits the modal on top. Rejects when the app does not answer, or answers what Slack refuses. */
  async submit(): Promise<Submission> {
    const view = this.#top();
    if (!view.content.submit) throw notPossible('this modal has nothing to submit');
    view.errors = entryFaults(this.#workspace, view);
    if (Object.keys(view.errors).length > 0) {
      this.#workspace.changed();
      return { isSent: false, ms: 0, errors: errorsByLabel(this.#workspace, view) };
    }
    const { ms, payload } = await this.#delivery.send('interactive', viewSubmission(this.#workspace, view));
    applyAnswer(this.#workspace, view, payload);
    return { isSent: true, ms, errors: errorsByLabel(this.#workspace, view) };
  }

  /** Closes the modal on top, or the whole stack. The app hears of it only where it asked to. */
  async close(what: 'top' | 'all' = 'top'): Promise<void> {
    const isCleared = what === 'all' || this.#top().content.clear_on_close === true;
    const closed = closeViews(this.#workspace, this.id, isCleared);
    for (const view of closed) {
      if (view.content.notify_on_close !== true) continue;
      const told = this.#delivery.send('interactive', viewClosed(this.#workspace, view, isCleared));
      // The modal is gone for the person either way; the traffic shows what went unanswered.
      await told.catch((error: unknown) => {
        if (!(error instanceof InteractionFailed)) throw error;
      });
    }
  }

  get #desk() {
    return { workspace: this.#workspace, delivery: this.#delivery, userId: this.id };
  }

  #active(): SlackPerson {
    if (this.profile.isDeactivated) throw notPossible(`${this.profile.realName} has left`);
    return this.profile;
  }

  #named(name: string): SlackChannel {
    const { channels } = this.#workspace.state;
    const id = name === 'dm' ? this.dmChannel : name;
    const bare = name.replace(/^#/, '');
    const found =
      channels.get(id) ?? [...channels.values()].find((it) => it.kind !== 'im' && it.name === bare);
    if (found === undefined) throw notPossible(`there is no channel ${name}`);
    return found;
  }

  #channel(name: string): SlackChannel {
    const channel = this.#named(name);
    if (!channel.members.has(this.#active().id)) throw notPossible(`${this.id} is not in #${channel.name}`);
    if (channel.isArchived) throw notPossible(`#${channel.name} is archived`);
    return channel;
  }

  #surface(place: Place, asSeen?: boolean): Surface {
    return surfaceAt(this.#workspace, this.#active(), place, asSeen);
  }

  #top(): SlackView {
    const top = stackOf(this.#workspace, this.#active().id).at(-1);
    if (top === undefined) throw notPossible(`${this.profile.realName} has no modal open`);
    return top;
  }
}
