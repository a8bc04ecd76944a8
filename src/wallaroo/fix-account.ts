import { accountOf } from './bot-account.ts';
import type { AccountFix, AccountWrite, AtWrite } from './client.ts';
import { type Call, WallarooRefused } from './errors.ts';
import { keycloakUserPath } from './keycloak-admin.ts';
import { underId } from './known-users.ts';
import type { Platform } from './platform.ts';
import { mayEditUsernames } from './realm-settings.ts';
import { repeatable } from './retry.ts';
import { plainUser, representationSchema, userSchema } from './schemas.ts';
import { readBack, type Uncertain, unconfirmed } from './uncertain.ts';
import { VERIFY_EMAIL, type WallarooUser } from './user.ts';
import { getUser, othersNamed, sameText } from './user-lookup.ts';
import { understood } from './wire.ts';

/** What goes to Keycloak instead of what it sent. */
interface Changes {
  readonly email: string;
  readonly username?: string;
  readonly emailVerified: boolean;
  readonly requiredActions?: string[];
}

/** Writes email, username and confirmation into the whole record (contract §4.5). See `WallarooClient.fixAccount`. */
export async function fixAccount(
  platform: Platform,
  id: string,
  fix: AccountFix,
  atWrite?: AtWrite,
): Promise<AccountWrite> {
  const call: Call = { method: 'PUT', path: keycloakUserPath(id) };
  const names = [fix.email, fix.username].filter((name) => name !== undefined);
  if (await othersNamed(platform, names, id)) throw new WallarooRefused(call, 'conflict');
  const mayRename = fix.username === undefined ? false : await mayEditUsernames(platform);
  const withoutName = { ...fix, username: undefined };
  const wanted = mayRename === true ? fix : withoutName;
  const put = (asked: AccountFix): Promise<Written> =>
    platform.session.authorized((token) => write(platform, token, call, { id, wanted: asked, atWrite }));
  const { before, failure, wrote } =
    mayRename === undefined ? await put(fix).catch(unlessOfName(() => put(withoutName))) : await put(wanted);
  if (!wrote) return { before, after: before };
  const after = await readBack(call, failure, () => getUser(platform, id));
  if (after === undefined) throw new WallarooRefused(call, 'not_found', { cause: failure });
  if (!isSo(after, wanted)) throw failure ?? new WallarooRefused(call, 'not_applied');
  return { before, after };
}

/** A realm that keeps usernames and does not say so either keeps them in silence or, as 26, refuses. */
const unlessOfName =
  (withoutName: () => Promise<Written>) =>
  (error: unknown): Promise<Written> => {
    const isReadOnly = error instanceof WallarooRefused && error.code === 'read_only_user';
    if (isReadOnly && /attribute/i.test(error.detail)) return withoutName();
    throw error;
  };

interface Wish {
  readonly id: string;
  readonly wanted: AccountFix;
  readonly atWrite: AtWrite | undefined;
}

interface Written {
  readonly before: WallarooUser;
  readonly wrote: boolean;
  readonly failure: Uncertain | undefined;
}

async function write(
  { wire, keycloak }: Platform,
  token: string,
  call: Call,
  { id, wanted, atWrite }: Wish,
): Promise<Written> {
  const representation = await repeatable(wire, () => keycloak.get(token, id, representationSchema));
  if (representation === null) throw new WallarooRefused(call, 'not_found');
  const asked = { ...call, method: 'GET' };
  const before = plainUser(underId(asked, id, understood(asked, userSchema, representation)));
  if (before.username === 'admin' || id === accountOf(token).userId)
    throw new WallarooRefused(call, 'kept_account');
  if (representation.federationLink) throw new WallarooRefused(call, 'read_only_user');
  if (isSo(before, wanted) && asksAsWanted(before, wanted))
    return { before, wrote: false, failure: undefined };
  await atWrite?.();
  const failure = await unconfirmed(
    keycloak.put(token, id, { ...representation, ...changesOf(before, wanted) }),
  );
  return { before, wrote: true, failure };
}

function changesOf(
  { requiredActions }: WallarooUser,
  { email, username, emailVerified, asksToVerify }: AccountFix,
): Changes {
  return {
    // Left out, it would stay in some releases (contract §4.5).
    email: email ?? '',
    ...(username === undefined ? {} : { username }),
    emailVerified,
    ...actionsOf(requiredActions, { emailVerified, asksToVerify }),
  };
}

/** Listed ones are set, others removed (contract §4.5). */
function actionsOf(
  actions: readonly string[],
  { emailVerified, asksToVerify }: Pick<AccountFix, 'emailVerified' | 'asksToVerify'>,
): Pick<Changes, 'requiredActions'> {
  const others = actions.filter((action) => action !== VERIFY_EMAIL);
  if (asksToVerify === true) return { requiredActions: [...others, VERIFY_EMAIL] };
  return emailVerified ? { requiredActions: others } : {};
}

/** Keycloak keeps both in small letters. */
const isSo = (user: WallarooUser, { email, username, emailVerified }: AccountFix): boolean =>
  sameText(user.email ?? '', email ?? '') &&
  (user.emailVerified ?? false) === emailVerified &&
  (username === undefined || sameText(user.username, username));

/** A realm may know no such action: then it stays unset. */
const asksAsWanted = ({ requiredActions }: WallarooUser, { asksToVerify }: AccountFix): boolean =>
  asksToVerify !== true || requiredActions.includes(VERIFY_EMAIL);
