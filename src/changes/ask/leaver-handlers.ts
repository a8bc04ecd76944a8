import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { ids } from '../changes-ids.ts';
import { leaverOption, leftOpenOption } from '../confirm/input-views.ts';
import { readLeaver } from '../confirm/leaver-facts.ts';
import { leaverFactBlocks, withLeaver } from '../confirm/leaver-views.ts';
import { type ChangesHandlerParts, isAdministrator } from '../handler-parts.ts';
import { candidatesMatching } from './confirm-form.ts';

/**
 * The choice of whom to deactivate in exchange, wherever it stands: whom it offers, what the chosen one owns, and who takes
 * that over.
 */
export function registerLeaver(parts: ChangesHandlerParts): void {
  const { dispatcher, desk } = parts;
  /** The latest press in each form: what an earlier one asked for comes too late. */
  const latest = new Map<string, object>();

  dispatcher.options(ids.leaver, 'member', async (typed, interaction) => {
    const [candidates, ends] = await Promise.all([
      desk.candidates(interaction.actor.email ?? null),
      desk.ends(),
    ]);
    const users = candidatesMatching(typed, candidates).map((user) => leaverOption(user, ends));
    const isAsked = !isAdministrator(interaction) && typed.trim() === '';
    return [...(isAsked ? [leftOpenOption] : []), ...users];
  });

  const redraw = async (interaction: Interaction<ActionArrival>): Promise<void> => {
    const form = interaction.view?.id ?? '';
    latest.set(form, interaction);
    try {
      const chosen = { [ids.leaver]: interaction.value };
      const [leaver, ends] = await Promise.all([
        readLeaver(desk, chosen, interaction.actor.email ?? null),
        desk.ends(),
      ]);
      const facts = leaverFactBlocks(leaver, { mayLeaveOpen: !isAdministrator(interaction), ends });
      if (latest.get(form) === interaction)
        await interaction.view?.redraw((blocks) => withLeaver(blocks, facts));
    } finally {
      if (latest.get(form) === interaction) latest.delete(form);
    }
  };
  dispatcher.action(ids.leaver, 'member', redraw, true);
}
