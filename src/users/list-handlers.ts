import { RefusedError } from '../errors.ts';
import { type Message, section } from '../slack/blocks.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { ActionArrival, Interaction } from '../slack/interaction.ts';
import { count } from '../slack/mrkdwn.ts';
import { sendFile } from '../slack/upload-service.ts';
import { readQuery } from './list-value.ts';
import { listMessage } from './list-views.ts';
import { idleTime, type ListQuery, LONGEST_SEARCH, parseListQuery } from './user-list.ts';
import { type UsersHandlerParts, viewerOf } from './users-handler-parts.ts';
import { ids } from './users-ids.ts';

const TOO_LONG = 'That is too long to search for. Type a part of an email, a username or a name.';

/** `users`, `idle`, and what is pressed on a list. */
export function registerLists(parts: UsersHandlerParts): readonly Subcommand[] {
  const { dispatcher, service, lists, openSeveral } = parts;
  const show = async (query: ListQuery, interaction: Interaction): Promise<Message> =>
    listMessage(await lists.page(query, viewerOf(interaction)));
  const typed = async (text: string, interaction: Interaction): Promise<string> => {
    if (text.length > LONGEST_SEARCH) throw new RefusedError(TOO_LONG);
    return service.searchText(text, interaction.actor);
  };
  const listed = async (text: string, interaction: Interaction): Promise<Message> =>
    show(parseListQuery(await typed(text, interaction)), interaction);

  for (const id of [ids.page, ids.filter])
    dispatcher.action(id, 'member', async (interaction) => {
      const query = { ...queryIn(interaction.value), ticked: tickedIn(interaction) };
      await interaction.reply.replace(await show(query, interaction));
    });
  // What is ticked comes with the button: until then there is nothing to do.
  dispatcher.rawAction(ids.tick, async () => undefined);
  dispatcher.rawAction(ids.deactivateTicked, (arrival) => openSeveral(arrival, tickedIn(arrival), false));
  dispatcher.action(ids.export, 'member', (interaction) => exportList(parts, interaction));
  dispatcher.action(ids.list, 'member', async (interaction) => {
    await interaction.reply.send(await listed(interaction.value, interaction));
  });
  return [
    {
      name: 'users',
      usage: 'users [active|inactive|all|idle [60d]|never] [search words]',
      about: 'lists the users',
      needs: 'member',
      answer: 'message',
      run: async (interaction) => interaction.reply.send(await listed(interaction.text, interaction)),
    },
    {
      name: 'idle',
      usage: 'idle [60d]',
      about: 'shows who looks idle and could be deactivated, idle longest first',
      needs: 'administrator',
      answer: 'message',
      run: async (interaction) => {
        const read = idleTime(await typed(interaction.text, interaction));
        await interaction.reply.send(
          await show({ ...read, state: 'idle', toFree: true, page: 0 }, interaction),
        );
      },
    },
  ];
}

/** All users of a list, on whichever page, as a file in the direct messages of who asks. */
async function exportList(
  { client, lists, now }: UsersHandlerParts,
  { actor, reply, value }: Interaction<ActionArrival>,
): Promise<void> {
  const { users, file } = await lists.csv(queryIn(value), actor);
  const comment = `${count(users, 'user')} as CSV. Times are in UTC.`;
  const filename = `wallaroo-users-${now().toISOString().slice(0, 10)}.csv`;
  await sendFile(client, actor.userId, { file, filename, comment });
  const text = `Exported ${count(users, 'user')}: the file is in our direct messages.`;
  await reply.send({ text, blocks: [section(text)] });
}

/** Who is ticked on the page that is seen, and on the others. */
const tickedIn = ({ value, ticked }: ActionArrival): readonly string[] => [
  ...new Set([...(readQuery(value)?.ticked ?? []), ...ticked]),
];

function queryIn(value: string): ListQuery {
  const query = readQuery(value);
  if (query === undefined)
    throw new RefusedError('This list is out of date. Please type `/wallaroo users` again.');
  return query;
}
