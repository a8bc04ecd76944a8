import type { Button } from '@slack/types';
import { ids as auditIds } from '../audit/audit-ids.ts';
import { ids as changeIds } from '../changes/changes-ids.ts';
import { button } from '../slack/blocks.ts';
import { ids as userIds } from '../users/users-ids.ts';

/** What one may press to start, in Home and below the help: for administrators all that they look after. */
export const startButtons = (administrator: boolean, users: string): readonly Button[] => [
  button({ text: users, actionId: userIds.list, value: 'all' }),
  ...(administrator
    ? [
        button({ text: 'Invite', actionId: changeIds.startInvite }),
        button({ text: 'Swap', actionId: changeIds.startSwap }),
      ]
    : []),
  button({ text: 'License', actionId: userIds.license }),
  ...(administrator ? [button({ text: 'Audit', actionId: `${auditIds.page}/start`, value: '{}' })] : []),
  button({ text: 'Requests', actionId: changeIds.requests }),
];
