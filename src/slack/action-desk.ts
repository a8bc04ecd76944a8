import { RefusedError } from '../errors.ts';
import type { ActionArrival } from './interaction.ts';

const STALE_BUTTON = 'This button no longer does anything. Please start again with `/wallaroo`.';

type Act = (arrival: ActionArrival) => Promise<void>;

/** Who does what is pressed. */
export class ActionDesk {
  readonly #acts = new Map<string, Act>();
  readonly #redrawing = new Set<string>();

  /**
   * @param redraws It draws the form again in which it stands. Then it is acknowledged once that is done, or in good time: who
   *   sends the form right afterwards sends it with all that it asks by then.
   */
  add(id: string, act: Act, redraws = false): void {
    this.#acts.set(id, act);
    if (redraws) this.#redrawing.add(id);
  }

  redraws(actionId = ''): boolean {
    return this.#redrawing.has(baseOf(actionId));
  }

  /** @throws RefusedError for an action that nobody handles any more. */
  async act(arrival: ActionArrival): Promise<void> {
    if (arrival.nothingChosen) return arrival.log.warn('a menu was left without a choice: nothing to do');
    const act = this.#acts.get(baseOf(arrival.actionId));
    if (act === undefined) throw new RefusedError(STALE_BUTTON);
    await act(arrival);
  }
}

/** `user_menu/3` and `user_menu` are the same action: Slack wants ids unique within a block. */
const baseOf = (actionId: string): string => actionId.split('/')[0] ?? '';
