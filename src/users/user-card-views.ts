import type { KnownBlock } from '@slack/types';
import { type LicenseLines, licenseBlocks } from '../license/license-desk.ts';
import { labelOf, lastSignInText, stateText } from '../license/user-text.ts';
import { actions, button, header, type Message, section } from '../slack/blocks.ts';
import { code } from '../slack/mrkdwn.ts';
import type { WallarooUser, WorkspaceMembership } from '../wallaroo/user.ts';
import type { Health } from './account-health.ts';
import { accountFields, healthBlocks } from './account-views.ts';
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

/** Everything about one user. */
export function userCard(facts: UserCardFacts): Message {
  const { user, license } = facts;
  return {
    text: `${code(labelOf(user))} is ${user.enabled ? 'active' : 'inactive'}`,
    blocks: [
      header(labelOf(user)),
      section(`${stateText(user.enabled)} · ${lastSignInText(user.lastSignIn)}`),
      accountFields(user),
      ...workspaceBlocks(facts.workspaces),
      ...healthBlocks(facts.health, facts.consoleUrl),
      ...licenseBlocks(license),
      actions(
        user.enabled
          ? button({ text: 'Deactivate…', actionId: ids.deactivate, value: user.id, style: 'danger' })
          : button({ text: 'Activate…', actionId: ids.activate, value: user.id, style: 'primary' }),
      ),
    ],
  };
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
