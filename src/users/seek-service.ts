import { valueWithin } from '../jobs/time-limit.ts';
import { labelOf } from '../license/user-text.ts';
import { inSlices } from '../slices.ts';
import type { Who } from '../texts/typed-who.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { orIfDown } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { indexed } from './user-index.ts';
import { type Found, findByEmail, findWho } from './who.ts';

/** The ids travel in the buttons of a list, whose values hold 2000 characters; those of a directory are long. */
const MOST_SOUGHT = 20;
const MOST_CHARACTERS = 1200;
/** How long somebody who asks for the trail waits for who is called so, ms. */
const PATIENCE_MS = 3000;

/** Whom the trail is searched for. */
export interface SoughtInTrail {
  /** Of a person in Slack also what they did or asked for. */
  readonly slackUserId?: string | undefined;
  /** As typed: finds users who are gone, too, and what names nobody but an address. */
  readonly text?: string | undefined;
  /** The users who are called so. */
  readonly userIds?: readonly string[] | undefined;
  /** How many more are called so whom the text does not find either. */
  readonly unsought?: number | undefined;
  /** Where nobody is called so. */
  readonly nearest?: readonly WallarooUser[] | undefined;
}

export interface SeekParts {
  readonly wallaroo: Pick<WallarooClient, 'lastUsers' | 'listUsers'>;
  readonly emailOf: (slackUserId: string) => Promise<string | undefined>;
}

/** The same for somebody in Slack, perhaps who types. */
export async function seekPerson(parts: SeekParts, slackUserId: string): Promise<SoughtInTrail> {
  const text = await parts.emailOf(slackUserId);
  if (text === undefined) return { slackUserId, text };
  const found = await inSlices(findByEmail(text, await namedUsers(parts)));
  const { userIds } = foundIn(found, text);
  return { slackUserId, text, userIds };
}

/** The same for what is no mention: read as every other `<who>` is. */
export async function seekText(
  parts: SeekParts,
  who: Extract<Who, { kind: 'text' }>,
): Promise<SoughtInTrail> {
  const { text, readings } = who;
  const found = await inSlices(findWho(readings[0] ?? '', await namedUsers(parts)));
  return { text, ...foundIn(found, text) };
}

/** The trail is read also while Wallaroo is away, and of a list that is cut a part is better than nobody. */
async function namedUsers({ wallaroo }: SeekParts): Promise<readonly WallarooUser[]> {
  const read = () => wallaroo.listUsers({ evenIfCut: true }).catch(orIfDown(undefined));
  const users = (await valueWithin(PATIENCE_MS, read)) ?? wallaroo.lastUsers()?.users ?? [];
  await inSlices(indexed(users, { names: true }));
  return users;
}

/** Of many those first whom their label does not show to the search by text. */
function foundIn(found: Found, text: string): Pick<SoughtInTrail, 'nearest' | 'unsought' | 'userIds'> {
  if (found.kind === 'none') return { nearest: found.nearest };
  if (found.kind === 'one') return { userIds: [found.user.id] };
  const wanted = text.toLowerCase();
  const isShown = (user: WallarooUser): boolean => labelOf(user).toLowerCase().includes(wanted);
  const hidden = found.users.filter((user) => !isShown(user));
  const userIds = fitting([...hidden, ...found.users.filter(isShown)].map(({ id }) => id));
  const left = hidden.length - userIds.length;
  return { userIds, ...(left > 0 ? { unsought: left } : {}) };
}

/** As many of the first as a button holds. */
function fitting(ids: readonly string[]): readonly string[] {
  let characters = 0;
  const tooMany = ids.slice(0, MOST_SOUGHT).findIndex((id) => {
    characters += JSON.stringify(id).length + 1;
    return characters > MOST_CHARACTERS;
  });
  return ids.slice(0, tooMany === -1 ? MOST_SOUGHT : tooMany);
}
