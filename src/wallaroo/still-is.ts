import { momentOf, type UserOnWire } from './schemas.ts';
import type { WallarooUser } from './user.ts';

/** Whether `listedUser` would make of `record` what it made of it before. */
export function stillIs(user: WallarooUser, record: UserOnWire): boolean {
  return (
    record.username === user.username &&
    record.enabled === user.enabled &&
    (record.email || undefined) === user.email &&
    (record.emailVerified ?? undefined) === user.emailVerified &&
    (record.firstName ?? undefined) === user.firstName &&
    (record.lastName ?? undefined) === user.lastName &&
    (momentOf(record.createdTimestamp) ?? undefined) === user.createdMs &&
    momentOf(record.lastLogin) === user.lastSignInMs &&
    sameTexts(user.realmRoles, record.realmRoles ?? (record.lastLogin === undefined ? undefined : [])) &&
    sameTexts(user.requiredActions, record.requiredActions ?? [])
  );
}

function sameTexts(known: readonly string[] | undefined, texts: readonly string[] | undefined): boolean {
  if (known === undefined || texts === undefined) return known === texts;
  return known.length === texts.length && known.every((text, index) => text === texts[index]);
}
