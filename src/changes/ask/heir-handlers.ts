import { orIfDown } from '../../wallaroo/errors.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { activeOwners } from '../../wallaroo/workspace.ts';
import { ids } from '../changes-ids.ts';
import { heirOption, restWithoutOption, withoutOption } from '../confirm/hand-over-views.ts';
import { leftOpenOption } from '../confirm/input-views.ts';
import { type ChangesHandlerParts, isAdministrator } from '../handler-parts.ts';

/** Slack: select menu, options; less those that stand for nobody. */
const MOST_OFFERED = 98;

/** Who may take over a workspace, where more people may than a menu holds: its members first, and who fits what is typed. */
export function registerHeirs({ desk, dispatcher, search, wallaroo }: ChangesHandlerParts): void {
  dispatcher.options(ids.heir, 'member', async (typed, interaction, actionId) => {
    const all = (await wallaroo.workspaces({ recent: true }).catch(orIfDown(undefined))) ?? [];
    const workspace = all.find(({ id }) => id === Number(actionId.split('/')[1]));
    // All of its active owners leave.
    const leaving = new Set(
      (workspace === undefined ? [] : activeOwners(workspace)).map(({ userId }) => userId),
    );
    const members = (workspace?.members ?? []).flatMap(({ user }) => user ?? []);
    const memberIds = new Set(members.map(({ id }) => id));
    const isMember = ({ id }: WallarooUser) => memberIds.has(id);
    const found = await active(typed, interaction.actor);
    const first = typed.trim() === '' ? members.filter(({ enabled }) => enabled) : found.filter(isMember);
    const people = [...first, ...found.filter((user) => !isMember(user))];
    const ends = await desk.ends();
    return [
      ...leftOpen(typed, isAdministrator(interaction)),
      ...people
        .filter(({ id }) => !leaving.has(id))
        .slice(0, MOST_OFFERED)
        .map((user) => heirOption(user, ends, isMember(user))),
      withoutOption,
    ];
  });

  dispatcher.options(ids.heirs, 'member', async (typed, interaction) => {
    const [people, ends] = await Promise.all([active(typed, interaction.actor), desk.ends()]);
    return [
      ...leftOpen(typed, isAdministrator(interaction)),
      ...people.slice(0, MOST_OFFERED).map((user) => heirOption(user, ends, undefined)),
      restWithoutOption,
    ];
  });

  const active = async (typed: string, actor: Parameters<typeof search>[1]) =>
    (await search(typed, actor)).filter(({ enabled }) => enabled);
}

const leftOpen = (typed: string, administrator: boolean) =>
  !administrator && typed.trim() === '' ? [leftOpenOption] : [];
