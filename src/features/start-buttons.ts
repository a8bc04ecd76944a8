import type { Button } from '@slack/types';
import { ids as auditIds } from '../audit/audit-ids.ts';
import { ids as changeIds } from '../changes/changes-ids.ts';
import { button } from '../slack/blocks.ts';
import { openWallaroo } from '../slack/link-button.ts';
import { ids as userIds } from '../users/users-ids.ts';
import { ids as workspaceIds } from '../workspaces/workspaces-ids.ts';

/** What one may press to start, in Home and below the help: for administrators all that they look after. */
export const startButtons = (administrator: boolean, users: string): readonly Button[] => [
  button({ text: users, actionId: userIds.list, value: 'all' }),
  ...(administrator
    ? [
        button({ text: 'Invite', actionId: changeIds.startInvite }),
        button({ text: 'Swap', actionId: changeIds.startSwap }),
      ]
    : []),
  button({ text: 'Workspaces', actionId: `${workspaceIds.list}/start` }),
  button({ text: 'License', actionId: userIds.license }),
  ...(administrator ? [button({ text: 'Audit', actionId: `${auditIds.page}/start`, value: '{}' })] : []),
  button({ text: 'Requests', actionId: changeIds.requests }),
];

/** The same below the help, with the way to the instance. */
export const helpButtons = (administrator: boolean, wallarooUrl: string): readonly Button[] => [
  ...startButtons(administrator, 'List users'),
  openWallaroo(wallarooUrl),
];
