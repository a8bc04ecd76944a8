import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { STALE_FORM } from '../texts/said-often.ts';
import { acknowledge } from './acknowledge.ts';
import { submissionArrival } from './arrivals.ts';
import { section } from './blocks.ts';
import { report, reportMessage } from './boundary.ts';
import { type FormMemory, readMemory } from './form-memory.ts';
import type { FormValues, Interaction, Need, SubmissionArrival } from './interaction.ts';
import { fillModal } from './modal.ts';
import { notice, working } from './modal-views.ts';
import { deliveryKey, RecentDeliveries } from './recent-deliveries.ts';
import { tokenSentence } from './token-words.ts';
import type { Turns } from './turns.ts';

export interface FormDeskParts {
  readonly client: WebClient;
  readonly log: Logger;
  readonly secret: string;
  readonly monotonicMs: () => number;
  readonly turns: Turns;
  readonly admit: (arrival: SubmissionArrival, needs: Need) => Promise<Interaction<SubmissionArrival>>;
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

interface Form {
  readonly title: string;
  /** Whether the memory is of this form, not of another. */
  fits(memory: FormMemory): boolean;
  check(memory: FormMemory, values: FormValues): Readonly<Record<string, string>> | undefined;
  handle(arrival: SubmissionArrival, memory: FormMemory): Promise<ModalView>;
}

type Ack = SlackViewMiddlewareArgs<ViewSubmitAction>['ack'];

const NOT_SHOWN =
  'Slack did not let me show the outcome here. Please close this window. Before you send it again, look in the approvals channel and in my direct messages: what was done stands there.';

/** Submitted modals, from the acknowledgement to what they show in the end. */
export class FormDesk {
  readonly #parts: FormDeskParts;
  readonly #forms = new Map<string, Form>();
  readonly #recent: RecentDeliveries<Promise<ModalView>>;

  constructor(parts: FormDeskParts) {
    this.#parts = parts;
    this.#recent = new RecentDeliveries(parts.monotonicMs);
  }

  /** A form: shows that work is under way, then what `handle` comes to. */
  add<Data>(spec: FormSpec<Data>, handle: (interaction: FormInteraction<Data>) => Promise<ModalView>): void {
    const parse = (memory: FormMemory): Data => spec.data.parse(memory.data);
    this.#forms.set(spec.callbackId, {
      title: spec.title,
      fits: (memory) => spec.data.safeParse(memory.data).success,
      check: (memory, values) => spec.check?.(values, parse(memory)),
      handle: async (arrival, memory) =>
        handle({ ...(await this.#parts.admit(arrival, spec.needs)), data: parse(memory) }),
    });
  }

  async submit(body: ViewSubmitAction, ack: Ack): Promise<void> {
    const { client, secret, turns } = this.#parts;
    const form = this.#forms.get(body.view.callback_id);
    const memory = readMemory(body.view.private_metadata ?? '', body.user.id, secret);
    const arrival = submissionArrival(this.#parts, body, memory?.target);
    const { log } = arrival;
    if (form === undefined || memory === undefined || !form.fits(memory)) {
      log.warn('a form was refused: unknown, altered or opened by somebody else');
      const view = notice('Not valid', [section(STALE_FORM)]);
      return acknowledge(log, () => ack({ response_action: 'update', view }));
    }
    const errors = form.check(memory, arrival.values);
    if (errors !== undefined) return acknowledge(log, () => ack({ response_action: 'errors', errors }));
    const { outcome: drawn, isReplay } = this.#recent.once(deliveryKey(body), () =>
      turns.next().then(() => form.handle(arrival, memory)),
    );
    // The drawing below meets the failure; without this it counts as unhandled until then.
    drawn.catch(() => undefined);
    if (isReplay) log.info('a submission came twice: showing what came of the first');
    await acknowledge(log, () => ack({ response_action: 'update', view: working(form.title, 'Working…') }));
    try {
      await fillModal(client, log, arrival.viewId, form.title, () => drawn, NOT_SHOWN);
    } catch (error) {
      const { id } = report(error, log);
      await arrival.reply.send(reportMessage({ id, sentence: tokenSentence(error) ?? NOT_SHOWN }));
    }
  }
}
