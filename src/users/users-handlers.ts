import type { KnownBlock } from '@slack/types';
import { RefusedError } from '../errors.ts';
import type { TimedEnds } from '../license/active-until.ts';
import { userOptions } from '../license/user-option.ts';
import type { Message } from '../slack/blocks.ts';
import { cutChoice } from '../slack/choice-value.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Interaction } from '../slack/interaction.ts';
import { USER_IS_GONE } from '../texts/said-often.ts';
import { licenseMessage } from './license-report-views.ts';
import { registerLists } from './list-handlers.ts';
import { foundBlocks, whomMessage } from './offer-views.ts';
import { userCard } from './user-card-views.ts';
import { type UsersHandlerParts, viewerOf } from './users-handler-parts.ts';
import { ids, rowChoices } from './users-ids.ts';
import type { UsersService } from './users-service.ts';

/** `users`, `idle`, `user`, `license`, and what is pressed on their answers. */
export function registerUsers(parts: UsersHandlerParts): readonly Subcommand[] {
  const { service } = parts;
  const { card, license } = answersOf(service);
  registerPresses(parts);
  return [
    ...registerLists(parts),
    {
      name: 'user',
      usage: 'user <who>',
      about: 'shows everything about one user',
      needs: 'member',
      answer: 'message',
      run: async (interaction) => {
        if (interaction.text === '') return interaction.reply.send(whomMessage());
        const found = await service.resolve(interaction.text, interaction.actor);
        if (found.kind === 'one') return interaction.reply.send(await card(interaction, found.user.id));
        await interaction.reply.send(offerMessage(found, await service.ends()));
      },
    },
    {
      name: 'license',
      usage: 'license',
      about: 'shows the license, who is active and who has been idle longest',
      needs: 'member',
      isAlone: true,
      answer: 'message',
      run: async (interaction) => interaction.reply.send(await license(interaction)),
    },
  ];
}

/** The card of a user, for who acts. @throws RefusedError where there is no such user. */
export const cardOf = (service: UsersService, interaction: Interaction, userId: string): Promise<Message> =>
  answersOf(service).card(interaction, userId);

/** Shows the card of a user to who acts. */
export async function showUser(
  service: UsersService,
  interaction: Interaction,
  userId: string,
): Promise<void> {
  await interaction.reply.send(await cardOf(service, interaction, userId));
}

function answersOf(service: UsersService) {
  const card = async (interaction: Interaction, userId: string): Promise<Message> => {
    const facts = await service.card(userId, viewerOf(interaction));
    if (facts === undefined) throw new RefusedError(USER_IS_GONE);
    return userCard(facts);
  };
  const license = async (interaction: Interaction): Promise<Message> =>
    licenseMessage(await service.license(viewerOf(interaction)));
  return { card, license };
}

function registerPresses({
  dispatcher,
  service,
  openSwitch,
  openExtend,
  openFix,
  openAddTo,
  historyOf,
}: UsersHandlerParts): void {
  const { card, license } = answersOf(service);
  dispatcher.action(ids.view, 'member', async (interaction) => {
    await interaction.reply.send(await card(interaction, interaction.value));
  });
  dispatcher.options(ids.choose, 'member', async (typed, { actor }) =>
    userOptions(await service.search(typed, actor), true, await service.ends()),
  );
  dispatcher.action(ids.choose, 'member', async (interaction) => {
    await interaction.reply.send(await card(interaction, interaction.value));
  });
  dispatcher.action(ids.license, 'member', async (interaction) => {
    await interaction.reply.send(await license(interaction));
  });
  dispatcher.action(ids.history, 'administrator', async (interaction) => {
    const label = await service.labelOf(interaction.value);
    if (label === undefined) throw new RefusedError(USER_IS_GONE);
    await interaction.reply.send(await historyOf({ id: interaction.value, label }));
  });
  dispatcher.rawAction(ids.rowMenu, async (arrival) => {
    const [choice, userId] = cutChoice(arrival.value);
    if (choice === rowChoices.extend) return openExtend({ ...arrival, value: userId });
    if (choice === rowChoices.activate || choice === rowChoices.deactivate)
      return openSwitch(arrival, userId, choice === rowChoices.activate);
    const interaction = await dispatcher.admit(arrival, 'member');
    await interaction.reply.send(await card(interaction, userId));
  });
  dispatcher.rawAction(ids.addToWorkspace, (arrival) => openAddTo(arrival, arrival.value));
  dispatcher.rawAction(ids.activate, (arrival) => openSwitch(arrival, arrival.value, true));
  dispatcher.rawAction(ids.deactivate, (arrival) => openSwitch(arrival, arrival.value, false));
  dispatcher.rawAction(ids.fix, (arrival) => openFix(arrival, arrival.value));
}

const VIEW_OFFER = { actionId: ids.view, valueFor: (user: { readonly id: string }) => user.id };

type NotOne = Exclude<Awaited<ReturnType<UsersService['resolve']>>, { kind: 'one' }>;

function offerMessage(found: NotOne, ends: TimedEnds): Message {
  const blocks: readonly KnownBlock[] = foundBlocks(found, { ...VIEW_OFFER, ends });
  return { text: found.kind === 'several' ? 'Several users match.' : 'No user matches.', blocks };
}
