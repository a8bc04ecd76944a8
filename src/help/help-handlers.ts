import type { Button } from '@slack/types';
import { type LicenseRules, licenseLines, readMeter } from '../license/license-desk.ts';
import type { Authorize } from '../slack/actor.ts';
import type { Message } from '../slack/blocks.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { Interaction } from '../slack/interaction.ts';
import { turnedAwayText } from '../slack/only-administrators.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { ids } from './help-ids.ts';
import { helpMessage } from './help-views.ts';

export interface HelpParts {
  readonly dispatcher: Dispatcher;
  readonly authorize: Authorize;
  /** Whether administrators' own changes need a second one. */
  readonly fourEyes: boolean;
  readonly rules: LicenseRules;
  readonly listUsers: () => Promise<readonly WallarooUser[]>;
  /** All subcommands; asked when the help is shown, as this one is among them. */
  readonly subcommands: () => readonly Subcommand[];
  /** What one may press to start. */
  readonly buttons: (administrator: boolean) => readonly Button[];
}

/** `/wallaroo help`, and the button `Help`. */
export function registerHelp(parts: HelpParts): readonly Subcommand[] {
  const help = async (interaction: Interaction): Promise<Message> => {
    const { role } = interaction.actor;
    const outside = role === 'outsider';
    return helpMessage({
      role,
      fourEyes: parts.fourEyes,
      refusal: outside
        ? turnedAwayText(await parts.authorize(interaction.clicker), parts.rules.administrators)
        : undefined,
      subcommands: parts.subcommands(),
      license: outside ? undefined : await licenseOf(parts, role === 'administrator'),
      buttons: parts.buttons(role === 'administrator'),
    });
  };
  parts.dispatcher.action(ids.help, 'anyone', async (interaction) => {
    await interaction.reply.send(await help(interaction));
  });
  return [
    {
      name: 'help',
      usage: 'help',
      about: 'shows this',
      needs: 'anyone',
      answer: 'message',
      run: async (interaction) => interaction.reply.send(await help(interaction)),
    },
  ];
}

/** The platform being away must not hide the help. */
async function licenseOf({ rules, listUsers }: HelpParts, administrator: boolean) {
  try {
    return licenseLines(rules, readMeter(rules, await listUsers()), administrator);
  } catch (error) {
    if (error instanceof WallarooError) return undefined;
    throw error;
  }
}
