import type { KnownBlock, SectionBlock } from '@slack/types';
import { type LicenseLines, licenseBlocks } from '../license/license-desk.ts';
import { labelOf, lastSignInText, stateText } from '../license/user-text.ts';
import { actions, button, context, header, type Message, section } from '../slack/blocks.ts';
import { code, dateTime, escapeMrkdwn } from '../slack/mrkdwn.ts';
import type { WallarooUser, WorkspaceMembership } from '../wallaroo/user.ts';
import { HEALTH_TEXT, type Health } from './account-health.ts';
import { ids } from './users-ids.ts';

export interface UserCardFacts {
  readonly user: WallarooUser;
  /** `undefined`: they could not be read. */
  readonly workspaces: readonly WorkspaceMembership[] | undefined;
  readonly health: Health;
  readonly license: LicenseLines;
  /** The user's page in the Keycloak console. */
  readonly consoleUrl: string;
}

const MOST_WORKSPACES = 15;
const MOST_ROLES = 10;

/** Everything about one user. */
export function userCard(facts: UserCardFacts): Message {
  const { user, license } = facts;
  return {
    text: `${labelText(user)} is ${user.enabled ? 'active' : 'inactive'}`,
    blocks: [
      header(labelOf(user)),
      section(`${stateText(user.enabled)} · ${lastSignInText(user.lastSignIn)}`),
      fields(user),
      ...workspaceBlocks(facts.workspaces),
      ...healthBlocks(facts),
      ...licenseBlocks(license),
      actions(
        user.enabled
          ? button({ text: 'Deactivate…', actionId: ids.deactivate, value: user.id, style: 'danger' })
          : button({ text: 'Activate…', actionId: ids.activate, value: user.id, style: 'primary' }),
      ),
    ],
  };
}

const labelText = (user: WallarooUser): string => code(labelOf(user));

function fields(user: WallarooUser): SectionBlock {
  const name = `${user.firstName ?? ''} ${user.lastName ?? ''}`.trim();
  const entries: readonly (readonly [string, string])[] = [
    ['Email', user.email === undefined ? 'none' : code(user.email, 300)],
    ['Username', code(user.username, 300)],
    ...(name === '' ? [] : [['Name', code(name, 200)] as const]),
    ['Id', code(user.id)],
    ['Created', user.createdAt === undefined ? 'not known' : dateTime(user.createdAt)],
    [
      'Last sign-in',
      user.lastSignIn.kind === 'at' ? dateTime(user.lastSignIn.at) : lastSignInText(user.lastSignIn),
    ],
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

function workspaceBlocks(workspaces: readonly WorkspaceMembership[] | undefined): readonly KnownBlock[] {
  if (workspaces === undefined) return [section('*Workspaces*\nThey could not be read at the moment.')];
  if (workspaces.length === 0) return [section('*Workspaces*\nnone')];
  const lines = workspaces.slice(0, MOST_WORKSPACES).map((workspace) => `• ${workspaceText(workspace)}`);
  const rest = workspaces.length - lines.length;
  return [section(`*Workspaces*\n${lines.join('\n')}${rest > 0 ? `\n… and ${rest} more` : ''}`)];
}

/** "`name` OWNER (the only one)". */
function workspaceText({ name, role, otherOwners }: WorkspaceMembership): string {
  const only = role === 'OWNER' && otherOwners === 0 ? ' (the only owner)' : '';
  return `${code(name, 100)} ${role ?? 'member'}${only}`;
}

function healthBlocks({ health, consoleUrl }: UserCardFacts): readonly KnownBlock[] {
  const serious = health.faults.map(
    (fault) =>
      `:warning: *This account cannot work as it is: ${HEALTH_TEXT[fault].problem}.* ${escapeMrkdwn(HEALTH_TEXT[fault].remedy)}`,
  );
  const hints = health.hints.map(
    (hint) => `:information_source: ${HEALTH_TEXT[hint].problem}. ${escapeMrkdwn(HEALTH_TEXT[hint].remedy)}`,
  );
  if (serious.length + hints.length === 0) return [];
  const link = `<${consoleUrl}|Open this user in the Keycloak console>`;
  return [
    ...serious.map((text) => section(text)),
    ...(hints.length > 0 ? [context(...hints)] : []),
    context(link),
  ];
}
