import { controlsOf } from '../controls.ts';
import { heldBy } from '../entered.ts';
import { asJson, asList, asText, type Json } from '../json.ts';
import { maySee, seenView } from '../person/seen.ts';
import { blocksOf } from '../person/submission.ts';
import type { SlackChannel, SlackMessage, SlackPerson, SlackView } from '../state.ts';
import { stackOf } from '../views.ts';
import type { Workspace } from '../workspace.ts';

// What the page shows, in the shapes of sandbox/page/model.ts.

function aboutOf(workspace: Workspace, person: SlackPerson): string {
  if (person.isStranger) return 'Of another company';
  if (person.isUltraRestricted) return 'Guest in one channel';
  if (person.isRestricted) return 'Guest';
  const groups = [...workspace.state.userGroups.values()];
  return groups.find(({ members }) => members.includes(person.id))?.name ?? 'Colleague';
}

const personJson = (workspace: Workspace, person: SlackPerson) => ({
  id: person.id,
  handle: person.handle,
  name: person.realName,
  about: aboutOf(workspace, person),
});

function channelsOf(workspace: Workspace, me: SlackPerson): readonly SlackChannel[] {
  if (!me.isStranger) workspace.dmWith(me.id);
  return [...workspace.state.channels.values()].filter(({ members }) => members.has(me.id));
}

/** What a mention of a channel shows: its name, but of a private one only to its members. */
const channelName = (me: SlackPerson, { kind, members, name }: SlackChannel): string =>
  kind === 'public' || members.has(me.id) ? name : 'private channel';

const channelJson = (workspace: Workspace, { id, name, kind, isArchived }: SlackChannel) => ({
  id,
  name: kind === 'im' ? workspace.state.bot.name : name,
  kind: kind === 'im' ? 'app' : 'channel',
  // The page counts them: only the browser knows what it has shown.
  unread: 0,
  // The app's messages tab is read-only, as the manifest says.
  writable: !isArchived && kind !== 'im',
});

function messageJson(workspace: Workspace, message: SlackMessage) {
  const { people } = workspace.state;
  const isApp = message.user === workspace.state.bot.userId || message.user === 'USLACKBOT';
  const files = message.files.map(({ title, content }) => `📄 *${title}*\n\`\`\`${content ?? ''}\`\`\``);
  return {
    channel: message.channel,
    ts: message.ts,
    threadTs: message.threadTs,
    from: { name: people.get(message.user)?.realName ?? 'Slackbot', isApp },
    ephemeral: message.onlyFor !== undefined,
    // Slack marks neither an ephemeral nor a message of blocks that its app has rewritten.
    edited: message.edited !== undefined && message.onlyFor === undefined && message.blocks.length === 0,
    text: [message.text, ...files].filter((part) => part !== '').join('\n'),
    blocks: message.blocks,
  };
}

/** An entry as plain values: a text, the value of an option, or several of them. */
function plainValue(held: Json): string | readonly string[] | null {
  const [value] = Object.entries(held).flatMap(([name, it]) => (name === 'type' ? [] : [it]));
  if (Array.isArray(value)) return asList(value).map((it) => asText(it) ?? asText(asJson(it).value) ?? '');
  if (typeof value === 'number') return String(value);
  return asText(value) ?? asText(asJson(value).value) ?? null;
}

function viewJson(workspace: Workspace, view: SlackView) {
  const { title, submit, close } = seenView(workspace, view);
  const blocks = blocksOf(view);
  const values = controlsOf(workspace.state, blocks).flatMap((control) => {
    const held = heldBy(workspace.state, view.id, control);
    return held === undefined ? [] : [[`${control.blockId}/${control.actionId}`, plainValue(held)]];
  });
  return {
    id: view.id,
    title,
    submit,
    close,
    blocks,
    errors: view.errors,
    values: Object.fromEntries(values),
  };
}

/** The workspace as this person sees it. */
export function pageState(workspace: Workspace, me: SlackPerson) {
  const { team, people, userGroups, messages, homes, bot } = workspace.state;
  const mine = channelsOf(workspace, me);
  const shown = messages.filter(
    ({ channel, onlyFor }) => maySee(workspace, me, channel) && (onlyFor === undefined || onlyFor === me.id),
  );
  const modal = stackOf(workspace, me.id).at(-1);
  const home = homes.get(me.id);
  return {
    team: team.name,
    me: personJson(workspace, me),
    people: [...people.values()]
      .filter(({ id, isDeactivated }) => id !== bot.userId && !isDeactivated)
      .map((person) => personJson(workspace, person)),
    names: {
      users: [...people.values()].map(({ id, realName }) => ({ id, name: realName })),
      channels: [...workspace.state.channels.values()]
        .filter(({ kind }) => kind !== 'im')
        .map((channel) => ({ id: channel.id, name: channelName(me, channel) })),
      groups: [...userGroups.values()].map(({ id, handle }) => ({ id, name: handle })),
    },
    channels: mine.map((channel) => channelJson(workspace, channel)),
    messages: shown.map((message) => messageJson(workspace, message)),
    modal: modal === undefined ? undefined : viewJson(workspace, modal),
    home: home === undefined ? undefined : viewJson(workspace, home),
  };
}
