import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { RefusedError } from '../errors.ts';
import type { Message } from '../slack/blocks.ts';
import { readValue } from '../slack/button-value.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { ActionArrival, Interaction } from '../slack/interaction.ts';
import { licenseMessage } from './license-report-views.ts';
import { userCard } from './user-card-views.ts';
import { LONGEST_SEARCH, parseListQuery } from './user-list.ts';
import { ids, rowChoices } from './users-ids.ts';
import type { UsersService } from './users-service.ts';
import { listMessage, noneBlocks, severalBlocks } from './users-views.ts';

export interface UsersHandlerParts {
  readonly dispatcher: Dispatcher;
  readonly service: UsersService;
  /** Opens the confirmation of a change for one user. */
  readonly openSwitch: (arrival: ActionArrival, userId: string, enabled: boolean) => Promise<void>;
}

const querySchema = z.object({
  state: z.enum(['active', 'inactive', 'all']),
  words: z.array(z.string()),
  page: z.number().int().min(0),
});

const isAdministrator = ({ actor }: Interaction): boolean => actor.role === 'administrator';
const TOO_LONG = 'That is too long to search for. Type a part of an email, a username or a name.';
const GONE = 'This user no longer exists in Wallaroo.';

/** `users`, `user`, `license`, and what is pressed on their answers. */
export function registerUsers(parts: UsersHandlerParts): readonly Subcommand[] {
  const { service } = parts;
  const { showList, card, license } = answersOf(service);
  registerPresses(parts);
  return [
    {
      name: 'users',
      usage: 'users [active|inactive|all] [search words]',
      about: 'lists the users',
      needs: 'member',
      answer: 'message',
      run: async (interaction) => interaction.reply.send(await showList(interaction, interaction.text)),
    },
    {
      name: 'user',
      usage: 'user <who>',
      about: 'shows everything about one user',
      needs: 'member',
      answer: 'message',
      run: async (interaction) => {
        if (interaction.text === '')
          throw new RefusedError('Whom? Type an email, a username or a part of one: /wallaroo user <who>');
        const found = await service.resolve(interaction.text, interaction.actor);
        if (found.kind === 'one') return interaction.reply.send(await card(interaction, found.user.id));
        await interaction.reply.send(offerMessage(found));
      },
    },
    {
      name: 'license',
      usage: 'license',
      about: 'shows the license, who is active and who has been idle longest',
      needs: 'member',
      answer: 'message',
      run: async (interaction) => interaction.reply.send(await license(interaction)),
    },
  ];
}

function answersOf(service: UsersService) {
  const showList = async (interaction: Interaction, text: string): Promise<Message> => {
    if (text.length > LONGEST_SEARCH) throw new RefusedError(TOO_LONG);
    const query = parseListQuery(await service.searchText(text, interaction.actor));
    const { page, license } = await service.list(query, isAdministrator(interaction));
    return listMessage(page, license);
  };
  const card = async (interaction: Interaction, userId: string): Promise<Message> => {
    const facts = await service.card(userId, isAdministrator(interaction));
    if (facts === undefined) throw new RefusedError(GONE);
    return userCard(facts);
  };
  const license = async (interaction: Interaction): Promise<Message> =>
    licenseMessage(await service.license(isAdministrator(interaction)));
  return { showList, card, license };
}

function registerPresses({ dispatcher, service, openSwitch }: UsersHandlerParts): void {
  const { showList, card, license } = answersOf(service);
  dispatcher.action(ids.page, 'member', async (interaction) => {
    const { page, license: lines } = await service.list(
      parseValue(interaction.value),
      isAdministrator(interaction),
    );
    await interaction.reply.replace(listMessage(page, lines));
  });
  dispatcher.action(ids.view, 'member', async (interaction) => {
    await interaction.reply.send(await card(interaction, interaction.value));
  });
  dispatcher.action(ids.list, 'member', async (interaction) => {
    await interaction.reply.send(await showList(interaction, interaction.value));
  });
  dispatcher.action(ids.license, 'member', async (interaction) => {
    await interaction.reply.send(await license(interaction));
  });
  dispatcher.rawAction(ids.rowMenu, async (arrival) => {
    const [choice, userId = ''] = arrival.value.split(':');
    if (choice === rowChoices.activate || choice === rowChoices.deactivate)
      return openSwitch(arrival, userId, choice === rowChoices.activate);
    const interaction = await dispatcher.admit(arrival, 'member');
    await interaction.reply.send(await card(interaction, userId));
  });
  dispatcher.rawAction(ids.activate, (arrival) => openSwitch(arrival, arrival.value, true));
  dispatcher.rawAction(ids.deactivate, (arrival) => openSwitch(arrival, arrival.value, false));
}

const VIEW_OFFER = { actionId: ids.view, valueFor: (user: { readonly id: string }) => user.id };

type NotOne = Exclude<Awaited<ReturnType<UsersService['resolve']>>, { kind: 'one' }>;

function offerMessage(found: NotOne): Message {
  const blocks: readonly KnownBlock[] =
    found.kind === 'several'
      ? severalBlocks(found.typed, found.users, VIEW_OFFER)
      : noneBlocks(found.typed, found.nearest, VIEW_OFFER);
  return { text: found.kind === 'several' ? 'Several users match.' : 'No user matches.', blocks };
}

function parseValue(value: string) {
  const query = readValue(querySchema, value);
  if (query === undefined)
    throw new RefusedError('This list is out of date. Please type `/wallaroo users` again.');
  return query;
}
