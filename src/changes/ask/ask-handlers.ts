import { RefusedError } from '../../errors.ts';
import type { Subcommand } from '../../slack/command-router.ts';
import type { ActionArrival } from '../../slack/interaction.ts';
import { ids } from '../changes-ids.ts';
import { TITLES } from '../confirm/confirm-views.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';
import type { Draft } from './ask-draft.ts';
import { confirm, registerConfirmation } from './confirm-handlers.ts';
import type { Wanted } from './wanted.ts';
import { draw, drawTyped, registerWho } from './who-handlers.ts';

const NOBODY_CHOSEN = 'Nobody is chosen. Tick at least one box first.';

export interface Asking {
  readonly subcommands: readonly Subcommand[];
  /** Opens the confirmation for one user, whom an answer of ours showed. */
  readonly openSwitch: (arrival: ActionArrival, userId: string, enabled: boolean) => Promise<void>;
  /** Opens the confirmation for several users at once; of one it is that of one. */
  readonly openSeveral: (
    arrival: ActionArrival,
    userIds: readonly string[],
    enabled: boolean,
  ) => Promise<void>;
  /** Asks for whom access is wanted, then opens the confirmation. */
  readonly requestAccess: (arrival: ActionArrival) => Promise<void>;
}

/** `activate`, `deactivate` and `swap`, from whom is meant to the submitted confirmation. */
export function registerAsking(parts: ChangesHandlerParts): Asking {
  const { dispatcher } = parts;
  registerWho(parts);
  registerConfirmation(parts);

  dispatcher.modalAction(ids.startSwap, 'member', TITLES.swap, (interaction) =>
    draw(parts, interaction, { kind: 'swap', who: [], reason: '' }),
  );

  const subcommand = (kind: Draft['kind'], usage: string, about: string): Subcommand => ({
    name: kind,
    usage,
    about,
    needs: 'member',
    answer: 'modal',
    title: TITLES[kind],
    draw: (interaction) => drawTyped(parts, interaction, kind),
  });

  return {
    subcommands: [
      subcommand('activate', 'activate <who> [for 7 days | until 24 Dec] [reason]', 'lets a user in'),
      subcommand('deactivate', 'deactivate <who> [reason]', 'takes a user out'),
      subcommand(
        'swap',
        'swap <who leaves> <who comes> [reason]',
        'deactivates one user and activates another',
      ),
    ],
    openSwitch: (arrival, userId, enabled) => {
      const kind = enabled ? 'activate' : 'deactivate';
      const wanted: Wanted = { kind, userIds: [userId], reason: '' };
      return dispatcher.openModal(arrival, 'member', TITLES[kind], (interaction) =>
        confirm(parts, interaction, wanted),
      );
    },
    openSeveral: (arrival, userIds, enabled) => {
      const kind = enabled ? 'activate' : 'deactivate';
      return dispatcher.openModal(arrival, 'member', TITLES[kind], (interaction) => {
        if (userIds.length === 0) throw new RefusedError(NOBODY_CHOSEN);
        return confirm(parts, interaction, { kind, userIds, reason: '' });
      });
    },
    requestAccess: (arrival) =>
      dispatcher.openModal(arrival, 'member', TITLES.activate, (interaction) =>
        draw(parts, interaction, { kind: 'activate', who: [], reason: '' }),
      ),
  };
}
