import type { Ack, Delivery } from '../delivery/delivery.ts';
import { asJson, isJson } from '../json.ts';
import { addMessage } from '../messages.ts';
import { InteractionFailed, notPossible, SlackRefusal } from '../refusals.ts';
import { respondTo } from '../response-urls.ts';
import type { SlackChannel, SlackPerson, SlackState } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { slashCommand } from './payloads.ts';

const special =
  /(?<email>[\w.+'-]+@[\w-]+(?:\.[\w-]+)+)|(?<url>https?:\/\/[^\s<>]+)|(?<![\w@])@(?<handle>[a-z0-9][a-z0-9._-]*)|(?<![\w#])#(?<channel>[a-z0-9_-]+)|[&<>]/gi;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (it) => entities[it] ?? it);

/**
 * Typed text as the app gets it when its command escapes users, channels and links:
 * `@ada` becomes `<@U0ADA|ada>`, `#general` `<#C0GENERAL|general>`, `a@b.co` `<mailto:a@b.co|a@b.co>`.
 */
export function escapedText(state: SlackState, typed: string): string {
  return typed.replace(special, (all, ...rest) => {
    const { email, url, handle, channel } = rest.at(-1) as Record<string, string | undefined>;
    if (email !== undefined) return `<mailto:${email}|${email}>`;
    if (url !== undefined) return `<${escaped(url)}>`;
    if (handle !== undefined) return mention(state, handle) ?? all;
    if (channel !== undefined) {
      const found = [...state.channels.values()].find(({ name }) => name === channel);
      return found === undefined ? all : `<#${found.id}|${found.name}>`;
    }
    return escaped(all);
  });
}

function mention(state: SlackState, typed: string): string | undefined {
  const handle = typed.replace(/[._-]+$/, '');
  const rest = typed.slice(handle.length);
  const person = [...state.people.values()].find((it) => it.handle === handle.toLowerCase());
  if (person !== undefined) return `<@${person.id}|${person.handle}>${rest}`;
  const group = [...state.userGroups.values()].find((it) => it.handle === handle.toLowerCase());
  return group === undefined ? undefined : `<!subteam^${group.id}|@${group.handle}>${rest}`;
}

/** What Slackbot tells the person alone. */
function slackbotSays(workspace: Workspace, channel: SlackChannel, person: SlackPerson, text: string): void {
  addMessage(workspace, {
    channel: channel.id,
    onlyFor: person.id,
    user: 'USLACKBOT',
    text,
    blocks: [],
    metadata: undefined,
  });
}

function checkMayCommand(person: SlackPerson): void {
  if (person.isUltraRestricted) throw notPossible('single-channel guests cannot run commands of apps');
  if (person.isStranger) throw notPossible("people of other companies cannot run this workspace's commands");
}

/** Writes what the app put into its acknowledgement of a command: text, or a message. */
function showAnswer(workspace: Workspace, url: string, answer: unknown): void {
  if (answer === undefined || answer === '' || (isJson(answer) && Object.keys(answer).length === 0)) return;
  const target = workspace.state.responseUrls.get(new URL(url).pathname);
  if (target === undefined) return;
  const body = typeof answer === 'string' ? { text: answer } : asJson(answer);
  try {
    respondTo(workspace, target, body, 'answer to a command');
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    throw new InteractionFailed('invalid_ack', `${error.code} ${JSON.stringify(error.details)}`);
  }
}

/**
 * A typed slash command: resolves once the app has acknowledged it. Rejects with `InteractionFailed`, and
 * Slackbot tells the person, when the command is unknown or the app does not acknowledge.
 */
export async function runCommand(
  workspace: Workspace,
  delivery: Delivery,
  person: SlackPerson,
  channel: SlackChannel,
  typed: string,
): Promise<Ack> {
  checkMayCommand(person);
  const [, command = '', text = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(typed) ?? [];
  try {
    if (!workspace.commands.includes(command)) throw notPossible(`${command} is not a valid command`);
    const payload = slashCommand(workspace, person.id, channel, {
      command,
      text: escapedText(workspace.state, text.trim()),
    });
    const ack = await delivery.send('slash_commands', payload);
    showAnswer(workspace, payload.response_url ?? '', ack.payload);
    return ack;
  } catch (error) {
    if (!(error instanceof InteractionFailed)) throw error;
    const told =
      error.code === 'not_possible'
        ? `\`${command}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`
        : `${command} failed with the error "${error.code}"`;
    slackbotSays(workspace, channel, person, told);
    throw error;
  }
}
