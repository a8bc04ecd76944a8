import type { BlockAction, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { RefusedError } from '../errors.ts';
import { acknowledge, acknowledgeAfter } from './acknowledge.ts';
import { ActionDesk } from './action-desk.ts';
import { actionArrival, commandArrival, eventArrival, suggestionArrival } from './arrivals.ts';
import { report } from './boundary.ts';
import { ChoiceDesk } from './choice-desk.ts';
import type { DispatcherParts, DrawModal, FindOptions, Handle } from './dispatcher-parts.ts';
import { FormDesk, type FormInteraction, type FormSpec } from './form-desk.ts';
import { type FormMemory, readMemory, writeMemory } from './form-memory.ts';
import type {
  ActionArrival,
  AdministratorsAnd,
  Arrival,
  CommandArrival,
  Interaction,
  Need,
} from './interaction.ts';
import { openModal, reuseModal } from './modal.ts';
import { onlyAdministrators, suffices, turnedAway } from './only-administrators.ts';
import { deliveryKey, RecentDeliveries } from './recent-deliveries.ts';
import { tellWherePressed } from './tell-where-pressed.ts';
import { Turns } from './turns.ts';

/**
 * The one way from Slack to our handlers: acknowledges at once (nothing is awaited before, but the redrawing of a form),
 * checks who acts, and turns a throw into a sentence with a reference.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #actions = new ActionDesk();
  readonly #choices = new ChoiceDesk();
  readonly #forms: FormDesk;
  readonly #recent: RecentDeliveries<void>;
  readonly #running = new Set<Promise<void>>();
  readonly #turns = new Turns();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#recent = new RecentDeliveries(parts.monotonicMs);
    this.#forms = new FormDesk({
      ...parts,
      turns: this.#turns,
      admit: (arrival, needs) => this.admit(arrival, needs),
    });
    const { app, log } = parts;
    app.action<BlockAction>({ type: 'block_actions' }, async ({ ack, body }) => {
      const redraws = this.#actions.redraws(body.actions[0]?.action_id);
      if (!redraws) await acknowledge(log, () => ack());
      const act = () => {
        const arrival = actionArrival(parts, body);
        return this.#guard(arrival, () => this.#actions.act(arrival));
      };
      const done = this.#track(this.#firstTime(body, act));
      if (redraws) await acknowledgeAfter(log, done, () => ack());
      await done;
    });
    app.view<ViewSubmitAction>(/.*/, async ({ ack, body }) => {
      await this.#track(this.#forms.submit(body, ack));
    });
    app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ ack, body, payload }) => {
      const arrival = suggestionArrival(parts, body);
      const options = await this.#choices.answer(payload.action_id, payload.value, arrival);
      await acknowledge(log, () => ack({ options }));
    });
    // Nothing of ours asks for these; unanswered they would look like a bot that hangs.
    app.view<ViewClosedAction>({ type: 'view_closed' }, async ({ ack }) => acknowledge(log, () => ack()));
    app.shortcut(/.*/, async ({ ack, shortcut }) => {
      await acknowledge(log, () => ack());
      log.warn({ shortcut: shortcut.callback_id }, 'a shortcut that nobody handles');
    });
  }

  /** `handle` decides itself what each subcommand needs, with `admit` and `openModal`. */
  command(name: string, handle: (arrival: CommandArrival) => Promise<void>): void {
    const { app, log } = this.#parts;
    app.command(name, async ({ ack, body }) => {
      await acknowledge(log, () => ack());
      const run = () => {
        const arrival = commandArrival(this.#parts, body);
        return this.#guard(arrival, () => handle(arrival));
      };
      await this.#track(this.#firstTime(body, run));
    });
  }

  /** `redraws`: it draws the form again in which it stands, see `ActionDesk`. */
  action(id: string, needs: Need, handle: Handle<ActionArrival>, redraws = false): void {
    this.#actions.add(id, async (arrival) => handle(await this.admit(arrival, needs)), redraws);
  }

  /** An action whose handler admits the person itself: because a modal has to open before anything is asked. */
  rawAction(id: string, handle: (arrival: ActionArrival) => Promise<void>): void {
    this.#actions.add(id, handle);
  }

  /** An action that opens a modal: `Loading…` first, then what `draw` comes to. */
  modalAction(
    id: string,
    needs: Need | AdministratorsAnd<ActionArrival>,
    title: string,
    draw: DrawModal<ActionArrival>,
  ): void {
    this.#actions.add(id, (arrival) => this.openModal(arrival, needs, title, draw));
  }

  /** A submitted modal: shows that work is under way, then what `handle` comes to. */
  form<Data>(spec: FormSpec<Data>, handle: (interaction: FormInteraction<Data>) => Promise<ModalView>): void {
    this.#forms.add(spec, handle);
  }

  /** Choices of an external select. They are the acknowledgement, so `find` answers within 3 seconds. */
  options(id: string, needs: Need, find: FindOptions): void {
    this.#choices.add(id, async (typed, arrival, actionId) =>
      find(typed, await this.admit(arrival, needs), actionId),
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
  async admit<A extends Arrival>(arrival: A, needs: Need | AdministratorsAnd<A>): Promise<Interaction<A>> {
    const verdict = await this.#parts.authorize(arrival.clicker);
    const { refusal: _, asksAdministrators: __, doubt, ...actor } = verdict;
    if (needs !== 'anyone' && actor.role === 'outsider')
      throw turnedAway(verdict, this.#parts.administrators);
    const interaction = { ...arrival, actor };
    if (!(await suffices(needs, interaction)))
      throw doubt === undefined ? onlyAdministrators(this.#parts.administrators) : new RefusedError(doubt);
    return interaction;
  }

  /**
   * Opens a modal for an arrival, or goes on in the one pressed in: `Loading…` before anything else, as the trigger
   * lives for 3 seconds.
   */
  async openModal<A extends Arrival>(
    arrival: A,
    needs: Need | AdministratorsAnd<A>,
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

  /** Does the work in its turn, unless Slack delivers something for the second time. */
  async #firstTime(body: { readonly trigger_id?: string }, work: () => Promise<void>): Promise<void> {
    const { isReplay } = this.#recent.once(deliveryKey(body), () => undefined);
    if (isReplay) return this.#parts.log.info('a delivery came twice: acknowledging it only');
    await this.#turns.next();
    await work();
  }

  /** The boundary for what is not a modal. */
  async #guard(arrival: Arrival, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await tellWherePressed(this.#parts.client, arrival, report(error, arrival.log));
    }
  }

  async #track(work: Promise<void>): Promise<void> {
    const watched = work.catch((error: unknown) => void report(error, this.#parts.log));
    this.#running.add(watched);
    await watched.finally(() => this.#running.delete(watched));
  }
}
