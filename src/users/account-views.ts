import type { KnownBlock, SectionBlock } from '@slack/types';
import { lastSignInText } from '../license/user-text.ts';
import { context, section } from '../slack/blocks.ts';
import { code, dateTime, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { createdAtOf, lastSignInOf, type WallarooUser } from '../wallaroo/user.ts';
import { type FixPlace, type Health, type HealthFault, problemText, remedyText } from './account-health.ts';

const MOST_ROLES = 10;

/** What the platform knows of an account, as a section of two columns. */
export function accountFields(user: WallarooUser): SectionBlock {
  const [createdAt, lastSignIn] = [createdAtOf(user), lastSignInOf(user)];
  const name = `${user.firstName ?? ''} ${user.lastName ?? ''}`.trim();
  const entries: readonly (readonly [string, string])[] = [
    ['Email', user.email === undefined ? 'none' : code(user.email, 300)],
    ['Username', code(user.username, 300)],
    ...(name === '' ? [] : [['Name', code(name, 200)] as const]),
    ['Id', code(user.id)],
    ['Created', createdAt === undefined ? 'not known' : dateTime(createdAt)],
    ['Last sign-in', lastSignIn.kind === 'at' ? dateTime(lastSignIn.at) : lastSignInText(lastSignIn)],
    ['Roles', rolesText(user.realmRoles)],
  ];
  return {
    type: 'section',
    fields: entries.map(([name, value]) => ({ type: 'mrkdwn', text: `*${name}*\n${value}`, verbatim: true })),
  };
}

/** The platform names only roles beyond an ordinary user's; older releases name none. */
function rolesText(roles: readonly string[] | undefined): string {
  if (roles === undefined) return 'not known';
  if (roles.length === 0) return 'user';
  const shown = roles.slice(0, MOST_ROLES).map((role) => code(role, 60));
  return shown.join(', ');
}

/** What is wrong with an account, each with its remedy; nothing where all is well. */
export function healthBlocks(health: Health, consoleUrl: string, fixPlace: FixPlace): readonly KnownBlock[] {
  const remedy = (fault: HealthFault) => escapeMrkdwn(remedyText(fault, fixPlace));
  const serious = health.faults.map(
    (fault) => `*Uploads may fail: ${problemText(fault)}.* ${remedy(fault)} :warning:`,
  );
  const hints = health.hints.map((hint) => `Good to know: ${problemText(hint)}. ${remedy(hint)}`);
  if (serious.length + hints.length === 0) return [];
  const link = `<${consoleUrl}|Open this user in the Keycloak console>`;
  return [
    ...serious.map((text) => section(text)),
    ...(hints.length > 0 ? [context(...hints)] : []),
    context(link),
  ];
}
