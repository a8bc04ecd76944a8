import { setTimeout as wait } from 'node:timers/promises';
import type { PlainTextOption } from '@slack/types';
import { report } from './boundary.ts';
import type { Arrival } from './interaction.ts';

/** The options are the acknowledgement, for which Slack waits 3 seconds: none is better than an error. */
const OPTIONS_WITHIN_MS = 2000;
/** Slack takes no more (docs.slack.dev: block elements, select menu). */
const MOST_OPTIONS = 100;
const NO_OPTIONS: PlainTextOption[] = [];

type Find = (typed: string, arrival: Arrival, actionId: string) => Promise<PlainTextOption[]>;

/** Answers external selects, in time and whatever happens. */
export class ChoiceDesk {
  readonly #finds = new Map<string, Find>();

  add(id: string, find: Find): void {
    this.#finds.set(id, find);
  }

  async answer(id: string, typed: string, arrival: Arrival): Promise<PlainTextOption[]> {
    // `heir/3` and `heir` are the same menu: Slack wants ids unique within a view.
    const find = this.#finds.get(id.split('/')[0] ?? '');
    if (find === undefined) arrival.log.warn({ action: id }, 'options were asked for that nobody offers');
    const answered = (find?.(typed, arrival, id) ?? Promise.resolve(NO_OPTIONS)).catch((error: unknown) => {
      report(error, arrival.log);
      return NO_OPTIONS;
    });
    const inTime = await Promise.race([answered, wait(OPTIONS_WITHIN_MS, NO_OPTIONS)]);
    return inTime.slice(0, MOST_OPTIONS);
  }
}
