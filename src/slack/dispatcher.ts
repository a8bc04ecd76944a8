import { setTimeout as wait } from 'node:timers/promises';
import type { App, BlockAction, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView, PlainTextOption } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Authorize } from './actor.ts';
import {
  actionArrival,
  commandArrival,
  eventArrival,
  submissionArrival,
  suggestionArrival,
} from './arrivals.ts';
import { section } from './blocks.ts';
import { RefusedError, report, reportBlocks, reportMessage } from './boundary.ts';
import { type FormMemory, readMemory, writeMemory } from './form-memory.ts';
import type {
  ActionArrival,
  Arrival,
  CommandArrival,
  FormValues,
  Interaction,
  Need,
  SubmissionArrival,
} from './interaction.ts';
import { fillModal, notice, openModal, reuseModal, working } from './modal.ts';
import { Turns } from './turns.ts';

export interface DispatcherParts {
  readonly app: App;
  readonly client: WebClient;
  readonly log: Logger;
  readonly authorize: Authorize;
  /** Seals modals' metadata; the same on every replica. */
  readonly secret: string;
}

export interface FormSpec<Data> {
  readonly callbackId: string;
  readonly needs: Need;
  readonly title: string;
  /** The form's own data, as `remember` was given it. */
  readonly data: z.ZodType<Data>;
  /** Faults by input `block_id`: Slack shows them under the fields. Pure, as Slack waits 3 seconds. */
  readonly check?: (values: FormValues, data: Data) => Readonly<Record<string, string>> | undefined;
}

export type FormInteraction<Data> = Interaction<SubmissionArrival> & { readonly data: Data };
type Handle<A extends Arrival> = (interaction: Interaction<A>) => Promise<void>;
type DrawModal<A extends Arrival> = (interaction: Interaction<A>) => Promise<ModalView>;

interface Form {
  readonly title: string;
  /** Whether the memory is of this form, not of another. */
  fits(memory: FormMemory): boolean;
  check(memory: FormMemory, values: FormValues): Readonly<Record<string, string>> | undefined;
  handle(arrival: SubmissionArrival, memory: FormMemory): Promise<ModalView>;
}

type Ack = SlackViewMiddlewareArgs<ViewSubmitAction>['ack'];

/** The options are the acknowledgement, for which Slack waits 3 seconds: none is better than an error. */
const OPTIONS_WITHIN_MS = 2000;
const NO_OPTIONS: PlainTextOption[] = [];

const STALE_FORM = 'This form is no longer valid. Please open it again.';
const NOT_SHOWN =
  'Slack did not let me show what came of your form, so its window may stay as it is: please close it. What was done, or is still to be done, you get as a direct message.';
const STALE_BUTTON = 'This button no longer does anything. Please start again with `/wallaroo`.';

/**
 * The one way from Slack to our handlers: acknowledges at once (nothing is awaited before), checks who acts,
 * and turns a throw into a sentence with a report id.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #actions = new Map<string, (arrival: ActionArrival) => Promise<void>>();
  readonly #forms = new Map<string, Form>();
  readonly #running = new Set<Promise<void>>();
  readonly #turns = new Turns();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    const { app } = parts;
    app.action<BlockAction>({ type: 'block_actions' }, async ({ ack, body }) => {
      await ack();
      await this.#track(this.#turns.next().then(() => this.#act(actionArrival(parts, body))));
    });
    app.view<ViewSubmitAction>(/.*/, async ({ ack, body }) => {
      await this.#track(this.#submit(body, ack));
    });
  }

  /** `handle` decides itself what each subcommand needs, with `admit` and `openModal`. */
  command(name: string, handle: (arrival: CommandArrival) => Promise<void>): void {
    this.#parts.app.command(name, async ({ ack, body }) => {
      await ack();
      const arrival = commandArrival(this.#parts, body);
      await this.#track(this.#turns.next().then(() => this.#guard(arrival, () => handle(arrival))));
    });
  }

  action(id: string, needs: Need, handle: Handle<ActionArrival>): void {
    this.#actions.set(id, async (arrival) => handle(await this.admit(arrival, needs)));
  }

  /** An action whose handler admits the person itself: because a modal has to open before anything is asked. */
  rawAction(id: string, handle: (arrival: ActionArrival) => Promise<void>): void {
    this.#actions.set(id, handle);
  }

  /** An action that opens a modal: `Loading…` first, then what `draw` comes to. */
  modalAction(id: string, needs: Need, title: string, draw: DrawModal<ActionArrival>): void {
    this.#actions.set(id, (arrival) => this.openModal(arrival, needs, title, draw));
  }

  /** A submitted modal: shows that work is under way, then what `handle` comes to. */
  form<Data>(spec: FormSpec<Data>, handle: (interaction: FormInteraction<Data>) => Promise<ModalView>): void {
    const parse = (memory: FormMemory): Data => spec.data.parse(memory.data);
    this.#forms.set(spec.callbackId, {
      title: spec.title,
      fits: (memory) => spec.data.safeParse(memory.data).success,
      check: (memory, values) => spec.check?.(values, parse(memory)),
      handle: async (arrival, memory) =>
        handle({ ...(await this.admit(arrival, spec.needs)), data: parse(memory) }),
    });
  }

  /** Choices of an external select. They are the acknowledgement, so `find` answers within 3 seconds. */
  options(
    id: string,
    needs: Need,
    find: (typed: string, interaction: Interaction) => Promise<PlainTextOption[]>,
  ): void {
    this.#parts.app.options<'block_suggestion'>(
      { type: 'block_suggestion', action_id: id },
      async ({ ack, body, payload }) => {
        const arrival = suggestionArrival(this.#parts, body);
        const found = this.admit(arrival, needs).then((interaction) => find(payload.value, interaction));
        const answered = found.catch((error: unknown): PlainTextOption[] => {
          report(error, arrival.log);
          return [];
        });
        const options = await Promise.race([answered, wait(OPTIONS_WITHIN_MS, NO_OPTIONS)]);
        await ack({ options: options.slice(0, 100) });
      },
    );
  }

  homeOpened(handle: Handle<Arrival>): void {
    this.#parts.app.event('app_home_opened', async ({ event, body }) => {
      if (event.tab !== 'home') return;
      const arrival = eventArrival(this.#parts, event.user, body.team_id);
      const done = this.admit(arrival, 'anyone').then(handle);
      await this.#track(done.catch((error: unknown) => void report(error, arrival.log)));
    });
  }

  /**
   * Checks who acts.
   * @throws RefusedError whose sentence says why not.
   */
  async admit<A extends Arrival>(arrival: A, needs: Need): Promise<Interaction<A>> {
    const { refusal, ...actor } = await this.#parts.authorize(arrival.clicker);
    if (needs !== 'anyone' && actor.role === 'outsider')
      throw new RefusedError(refusal ?? 'You may not use this bot.');
    if (needs === 'administrator' && actor.role !== 'administrator')
      throw new RefusedError('Only administrators of this bot may do that.');
    return { ...arrival, actor };
  }

  /**
   * Opens a modal for an arrival, or goes on in the one pressed in: `Loading…` before anything else, as the trigger
   * lives for 3 seconds.
   */
  async openModal<A extends Arrival>(
    arrival: A,
    needs: Need,
    title: string,
    draw: DrawModal<A>,
  ): Promise<void> {
    const { client } = this.#parts;
    const admitted = async () => draw(await this.admit(arrival, needs));
    const { view, log } = arrival;
    if (view?.type === 'modal') await reuseModal(client, log, view.id, title, admitted);
    else await openModal(client, arrival, title, admitted);
  }

  /** `private_metadata` for a form that this interaction opens. */
  remember(interaction: Interaction, data: unknown): string {
    const { userId } = interaction.actor;
    return writeMemory({ openedBy: userId, target: interaction.reply.target, data }, this.#parts.secret);
  }

  /** What a form of ours remembers, for a press inside it; `undefined` if altered or another person's. */
  recall(interaction: Interaction<ActionArrival>): FormMemory | undefined {
    const text = interaction.view?.privateMetadata ?? '';
    return readMemory(text, interaction.actor.userId, this.#parts.secret);
  }

  /** Resolves when every handler under way has ended. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#running]);
  }

  async #act(arrival: ActionArrival): Promise<void> {
    // `user_menu/3` and `user_menu` are the same action: Slack wants ids unique within a block.
    const handle = this.#actions.get(arrival.actionId.split('/')[0] ?? '');
    await this.#guard(arrival, async () => {
      if (handle === undefined) throw new RefusedError(STALE_BUTTON);
      await handle(arrival);
    });
  }

  async #submit(body: ViewSubmitAction, ack: Ack): Promise<void> {
    const form = this.#forms.get(body.view.callback_id);
    const memory = readMemory(body.view.private_metadata ?? '', body.user.id, this.#parts.secret);
    const arrival = submissionArrival(this.#parts, body, memory?.target);
    if (form === undefined || memory === undefined || !form.fits(memory)) {
      arrival.log.warn('a form was refused: unknown, altered or opened by somebody else');
      await ack({ response_action: 'update', view: notice('Not valid', [section(STALE_FORM)]) });
      return;
    }
    const errors = form.check(memory, arrival.values);
    if (errors !== undefined) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack({ response_action: 'update', view: working(form.title, 'Working…') });
    await this.#turns.next();
    try {
      await fillModal(this.#parts.client, arrival.log, arrival.viewId, form.title, () =>
        form.handle(arrival, memory),
      );
    } catch (error) {
      const { id } = report(error, arrival.log);
      await arrival.reply.send(reportMessage({ id, sentence: NOT_SHOWN }));
    }
  }

  /** The boundary for what is not a modal. */
  async #guard(arrival: Arrival, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const told = report(error, arrival.log);
      if (arrival.reply.target.responseUrl === undefined && arrival.triggerId !== undefined)
        await openModal(this.#parts.client, arrival, 'Not done', async () =>
          notice('Not done', reportBlocks(told)),
        );
      else await arrival.reply.send(reportMessage(told));
    }
  }

  async #track(work: Promise<void>): Promise<void> {
    const watched = work.catch((error: unknown) => {
      report(error, this.#parts.log);
    });
    this.#running.add(watched);
    await watched.finally(() => this.#running.delete(watched));
  }
}
