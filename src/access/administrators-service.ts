import type { Directory } from './directory-service.ts';
import { type Principals, roleOf, type SlackHome } from './principals.ts';

/** So many are asked about at once: a big group must not use up what Slack allows in a minute (users.info: 50 and more). */
const AT_ONCE = 4;

/** Who may be an administrator by the settings, and whether Slack told of every group. */
async function named({ people, groups }: Principals, directory: Directory) {
  const ids = new Set(people);
  let isComplete = true;
  for (const group of groups) {
    const members = await directory.group(group);
    if (members === 'unknown') isComplete = false;
    else if (members !== 'none') for (const id of members) ids.add(id);
  }
  return { ids: [...ids], isComplete };
}

/** False only where Slack says that they can decide nothing: a press is checked by itself, so doubt does no harm here. */
async function mayDecide(id: string, home: SlackHome, directory: Directory): Promise<boolean> {
  if (directory.isResting()) return true;
  const person = await directory.person(id);
  if (person === 'unknown') return true;
  if (person === 'none') return false;
  const facts = { person, home, claimedTeamId: undefined, inAdmins: true, inMembers: true };
  return roleOf(facts).role === 'administrator';
}

/** Ids of the administrators that exist, groups resolved; those whom Slack could not be asked about are among them. */
export async function administratorIds(
  admins: Principals,
  home: SlackHome,
  directory: Directory,
): Promise<readonly string[]> {
  const { ids } = await named(admins, directory);
  const found: string[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const batch = ids.slice(at, at + AT_ONCE);
    const may = await Promise.all(batch.map((id) => mayDecide(id, home, directory)));
    found.push(...batch.filter((_, index) => may[index]));
  }
  return found;
}

/** Whether there is an administrator beside `userId`; asks until one is found. True in doubt. */
export async function hasOtherAdministrator(
  userId: string,
  admins: Principals,
  home: SlackHome,
  directory: Directory,
): Promise<boolean> {
  const { ids, isComplete } = await named(admins, directory);
  for (const id of ids) if (id !== userId && (await mayDecide(id, home, directory))) return true;
  return !isComplete;
}
