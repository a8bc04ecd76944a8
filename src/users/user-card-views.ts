import type { Button, KnownBlock } from '@slack/types';
import { type LicenseLines, licenseLine } from '../license/license-desk.ts';
import { labelOf } from '../license/user-text.ts';
import { actions, button, context, header, type Message, section } from '../slack/blocks.ts';
import { openWallaroo } from '../slack/link-button.ts';
import { code, escapeMrkdwn } from '../slack/mrkdwn.ts';
import type { WallarooUser, WorkspaceMembership } from '../wallaroo/user.ts';
import { type Health, isFixable } from './account-health.ts';
import { accountFields, healthBlocks } from './account-views.ts';
import { extendButton } from './extend-button.ts';
import type { Standing } from './standing.ts';
import { userText } from './user-lines.ts';
import { ids } from './users-ids.ts';

export interface UserCardFacts {
  readonly user: WallarooUser;
  /** Whether who looks is an administrator. */
  readonly administrator: boolean;
  readonly standing: Standing;
  /** `undefined`: they could not be read. */
  readonly workspaces: readonly WorkspaceMembership[] | undefined;
  readonly health: Health;
  readonly license: LicenseLines;
  /** The instance's address. */
  readonly wallarooUrl: string;
  /** The user's page in the Keycloak console. */
  readonly consoleUrl: string;
}

const MOST_WORKSPACES = 15;

/** Everything about one user. */
export function userCard(facts: UserCardFacts): Message {
  const { user, standing, license } = facts;
  const end = standing.endOf(user);
  const kept = user.enabled ? standing.whyNeverDeactivated(user) : undefined;
  const fix = fixButton(facts);
  return {
    text: `${userText(user, standing)}${kept === undefined ? '' : `\n${escapeMrkdwn(kept)}`}`,
    blocks: [
      header(labelOf(user)),
      section(userText(user, standing)),
      accountFields(user),
      ...workspaceBlocks(facts.workspaces),
      ...healthBlocks(facts.health, facts.consoleUrl, fix === undefined ? undefined : 'below'),
      ...licenseLine(license),
      ...(kept === undefined ? [] : [context(escapeMrkdwn(kept))]),
      actions(
        switchButton(user, kept),
        end === undefined ? undefined : extendButton(end.changeId, 'card'),
        fix,
        addToButton(user),
        historyButton(facts),
        openWallaroo(facts.wallarooUrl),
      ),
    ],
  };
}

function switchButton({ id, enabled }: WallarooUser, kept: string | undefined): Button | undefined {
  if (!enabled) return button({ text: 'Activate…', actionId: ids.activate, value: id, style: 'primary' });
  return kept === undefined
    ? button({ text: 'Deactivate…', actionId: ids.deactivate, value: id, style: 'danger' })
    : undefined;
}

/** Nothing about the bot's own account is mended from here. */
const fixButton = ({ user, health, standing }: UserCardFacts): Button | undefined =>
  isFixable(health) && !standing.isBot(user)
    ? button({ text: 'Fix account…', actionId: ids.fix, value: user.id })
    : undefined;

const addToButton = ({ id }: WallarooUser): Button =>
  button({ text: 'Add to workspace…', actionId: ids.addToWorkspace, value: id });

/** The trail is for administrators. */
const historyButton = ({ user, administrator }: UserCardFacts): Button | undefined =>
  administrator ? button({ text: 'History', actionId: ids.history, value: user.id }) : undefined;

/** The workspaces of a user, or that they could not be read. */
export function workspaceBlocks(
  workspaces: readonly WorkspaceMembership[] | undefined,
): readonly KnownBlock[] {
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
