import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import { ids } from '../changes-ids.ts';
import { LEFT_OPEN, leaverOption, leftOpenOption, withLeaverFacts } from '../confirm/input-views.ts';
import { type ChangesHandlerParts, isAdministrator } from '../handler-parts.ts';
import { shownLine } from '../shown/shown-texts.ts';
import { candidatesMatching } from './confirm-form.ts';

const NOT_READ = 'Wallaroo does not tell at the moment what this user owns.';

/** The choice of whom to deactivate in exchange, wherever it stands: whom it offers, and what the chosen one owns. */
export function registerLeaver(parts: ChangesHandlerParts): void {
  const { dispatcher, desk } = parts;
  /** The latest press in each form: what an earlier one asked for comes too late. */
  const latest = new Map<string, object>();

  dispatcher.options(ids.leaver, 'member', async (typed, interaction) => {
    const candidates = await desk.candidates(interaction.actor.email ?? null);
    const users = candidatesMatching(typed, candidates).map(leaverOption);
    const isAsked = !isAdministrator(interaction) && typed.trim() === '';
    return [...(isAsked ? [leftOpenOption] : []), ...users];
  });

  dispatcher.action(ids.leaver, 'member', async (interaction) => {
    const form = interaction.view?.id ?? '';
    latest.set(form, interaction);
    try {
      const facts = await factsOf(parts, interaction);
      if (latest.get(form) === interaction)
        await interaction.view?.redraw((blocks) => withLeaverFacts(blocks, facts));
    } finally {
      if (latest.get(form) === interaction) latest.delete(form);
    }
  });
}

/** State, last sign-in and workspaces of who was chosen, as mrkdwn; `undefined` where that is left open. */
async function factsOf(
  { desk }: ChangesHandlerParts,
  { actor, value }: Interaction<ActionArrival>,
): Promise<string | undefined> {
  if (value === LEFT_OPEN) return undefined;
  try {
    const { shown } = await desk.gather([{ userId: value, enabled: false }], actor.email ?? null);
    const [leaver] = shown.users;
    return leaver === undefined ? undefined : shownLine(leaver);
  } catch (error) {
    if (error instanceof WallarooError) return NOT_READ;
    throw error;
  }
}
