import { type Call, WallarooAway, WallarooRefused } from './errors.ts';
import { addCall, type MemberWrites, removeCall } from './member-writes.ts';
import type { MemberOnWire } from './schemas.ts';
import type { Uncertain } from './uncertain.ts';
import type { WallarooUser, WorkspaceRole } from './user.ts';
import type { People } from './workspace-people.ts';
import { type Place, placeOf } from './workspaces.ts';

type Members = readonly MemberOnWire[];

/** One membership being written. */
export interface Scene {
  readonly writes: MemberWrites;
  /** The workspace's members before anything is written. */
  readonly before: Members;
  /** The people with these ids, after a write that may have failed. @throws WallarooUnreachable `outcome_unknown` */
  peopleWithIds(ids: readonly string[], failure: Uncertain | undefined): Promise<People>;
  readonly userId: string;
  /** Reads the members back after a write that may have failed. @throws WallarooUnreachable `outcome_unknown` */
  readonly look: (call: Call, failure: Uncertain | undefined) => Promise<Members>;
}

/** Not "only an owner may": that would be a matter of rights. */
const KEEPS_OWNER = /\b(last|sole|at least one|without an?)\s+(remaining\s+)?owner/i;

/** A platform that leaves a type open has made a collaborator: that is what it does by default (contract §6.4). */
const fits = (place: Place, role: WorkspaceRole): boolean =>
  place === role || (place === 'open' && role === 'COLLABORATOR');

/**
 * Adds the user or changes their role: in one call, and where that leaves a member's role as it was, by taking them out
 * and adding them again (contract §6.4 leaves open which of the two it takes).
 */
export async function makeMember(scene: Scene, user: WallarooUser, role: WorkspaceRole): Promise<Members> {
  const { writes, userId, look } = scene;
  const was = placeOf(scene.before, userId);
  const failure = await writes.add(user, role).catch((error: unknown) => {
    throw error instanceof WallarooRefused ? (ofLastOwner(scene, error) ?? error) : error;
  });
  const now = await look(addCall, failure);
  const place = placeOf(now, userId);
  if (fits(place, role)) return now;
  await putRightOthers(scene, user, now, failure);
  if (failure !== undefined) throw ofLastOwner(scene, failure) ?? failure;
  if (was !== undefined && place !== undefined) return replace(scene, user, role);
  // Let in as something else than asked: nobody wanted that.
  if (place !== undefined) await takeOut(scene);
  throw new WallarooRefused(addCall, 'not_applied');
}

/** Takes the user out. @throws WallarooRefused where they are still a member afterwards. */
export async function takeOut(scene: Scene): Promise<Members> {
  const { writes, userId, look } = scene;
  const isGone = (members: Members): boolean => placeOf(members, userId) === undefined;
  const failure = await writes.remove(userId).catch((error: unknown) => refusal(scene, error));
  const uncertain = failure instanceof WallarooRefused ? undefined : failure;
  const now = await look(removeCall, uncertain);
  if (isGone(now)) return now;
  // Who reads the members back is not away: something in between does not pass that call on.
  if (uncertain !== undefined && !(uncertain instanceof WallarooAway))
    throw ofLastOwner(scene, uncertain) ?? uncertain;
  // Answered, and without effect: as for members whom Keycloak no longer has.
  const ofRow = await writes.removeRow(userId);
  const atLast = await look(removeCall, ofRow);
  if (isGone(atLast)) return atLast;
  throw ofRow ?? failure ?? new WallarooRefused(removeCall, 'not_applied');
}

/** What the platform says of somebody whom Keycloak no longer has, or where it has no such call. */
function refusal(scene: Scene, error: unknown): WallarooRefused {
  if (!(error instanceof WallarooRefused)) throw error;
  if (error.code === 'not_found' || error.code === 'unknown_address') return error;
  throw ofLastOwner(scene, error) ?? error;
}

/** Out and in again. What keeps the user from coming in again lets them back as what they were. */
async function replace(scene: Scene, user: WallarooUser, role: WorkspaceRole): Promise<Members> {
  const { writes, userId, look } = scene;
  await takeOut(scene);
  const failure = await writes.add(user, role).catch(refused);
  const now = await look(addCall, failure instanceof WallarooRefused ? undefined : failure);
  if (fits(placeOf(now, userId), role)) return now;
  const cause = failure ?? new WallarooRefused(addCall, 'not_applied');
  const was = placeOf(scene.before, userId);
  const back = await writes.add(user, was === 'open' ? undefined : was).catch(refused);
  const atLast = await look(addCall, back instanceof WallarooRefused ? undefined : back);
  // Where the platform is only away for a moment, the next try lets them in.
  const { retryable } = cause;
  if (placeOf(atLast, userId) === undefined)
    throw new WallarooRefused(addCall, 'membership_lost', { cause, retryable });
  throw cause;
}

function refused(error: unknown): WallarooRefused {
  if (error instanceof WallarooRefused) return error;
  throw error;
}

/** The failure of a write in the words of a platform that keeps the only OWNER; whether there is such a rule is open (contract §6.5). */
function ofLastOwner(
  { before, userId }: Scene,
  failure: Uncertain | WallarooRefused,
): WallarooRefused | undefined {
  const owners = before.filter(({ user_type }) => user_type === 'OWNER');
  const isOnly = owners.length === 1 && owners[0]?.user_id === userId;
  if (!isOnly || !KEEPS_OWNER.test(failure.detail)) return undefined;
  return new WallarooRefused(failure.call, 'last_owner', { detail: failure.detail, cause: failure });
}

/**
 * Where the platform goes by the email, a part of it may have meant another user (contract §4.2).
 * @throws WallarooRefused `wrong_member_changed` if somebody with a similar email is no longer what they were
 */
async function putRightOthers(
  { writes, before, peopleWithIds }: Scene,
  user: WallarooUser,
  now: Members,
  failure: Uncertain | undefined,
): Promise<void> {
  const ids = new Set([...before, ...now].map(({ user_id }) => user_id));
  const changed = [...ids].filter((id) => id !== user.id && placeOf(now, id) !== placeOf(before, id));
  if (changed.length === 0) return;
  const people = await peopleWithIds(changed, failure);
  for (const id of changed) {
    const other = people.get(id);
    if (other === undefined || !isSimilar(other, user)) continue;
    const was = placeOf(before, id);
    if (was === undefined) await writes.remove(id);
    else await writes.add(other, was === 'open' ? undefined : was);
    throw new WallarooRefused(addCall, 'wrong_member_changed', { detail: `changed user ${id} instead` });
  }
}

const isSimilar = (other: WallarooUser, { id, email }: WallarooUser): boolean =>
  email !== undefined && other.id !== id && other.email?.toLowerCase().includes(email.toLowerCase()) === true;
