import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { createAccess } from '../access/access-service.ts';
import { createGroupReader, type GroupReader } from '../access/group-members-service.ts';
import { principalsOf } from '../access/principals.ts';
import type { Config } from '../config.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import { identityOf } from '../slack/identify.ts';
import { type Check, type Outcome, right, wrong } from './check.ts';
import { slackNames } from './slack-app-checks.ts';

const GROUPS = 'Slack user groups';

/** Who may do what: the groups and people of `ADMINS` and `MEMBERS`. */
export function slackPeopleChecks(
  config: Config,
  client: () => WebClient,
  { log, now }: { readonly log: Logger; readonly now: () => Date },
): readonly Check[] {
  return [
    {
      name: GROUPS,
      needs: [slackNames.token, 'ADMINS', 'MEMBERS'],
      run: async () => {
        const reader = createGroupReader(client(), identityOf(await client().auth.test()));
        return groupsOutcome(reader, principalsOf([...config.ADMINS, ...(config.MEMBERS ?? [])]).groups);
      },
    },
    {
      name: 'Administrators',
      needs: [slackNames.token, 'ADMINS', GROUPS],
      run: async () => {
        const ownTeam = identityOf(await client().auth.test());
        const { ADMINS: admins, MEMBERS: members } = config;
        const access = createAccess({ client: client(), log, now, ownTeam, admins, members });
        return administratorsOutcome(config, await access.administratorIds());
      },
    },
  ];
}

const REMEDIES: Readonly<Record<string, string>> = {
  plan_upgrade_required:
    "this workspace's plan has no user groups: list people's ids in ADMINS and MEMBERS instead",
  no_such_subteam: 'copy its id again: the group may have been disabled',
};

async function groupsOutcome(reader: GroupReader, groups: readonly string[]): Promise<Outcome> {
  if (groups.length === 0) return right('none in ADMINS and MEMBERS');
  const sizes: string[] = [];
  for (const usergroup of new Set(groups)) {
    try {
      const users = await reader.members(usergroup);
      if (users.length === 0) return wrong(`${usergroup} is empty`, 'add people to it in Slack');
      sizes.push(`${usergroup} (${users.length})`);
    } catch (error) {
      const remedy = REMEDIES[slackErrorOf(error) ?? ''];
      if (remedy === undefined) throw error;
      return wrong(`${usergroup} cannot be read: ${slackErrorOf(error)}`, remedy);
    }
  }
  return right(`${sizes.join(', ')} can be read`);
}

function administratorsOutcome(config: Config, found: readonly string[]): Outcome {
  const strangers = principalsOf(config.ADMINS).people.filter((id) => !found.includes(id));
  if (strangers.length > 0)
    return wrong(
      `not an active full member of this team: ${strangers.join(', ')}`,
      'copy the ids again, or take them out of ADMINS',
    );
  if (found.length === 0) return wrong('nobody', 'put people into ADMINS or into its groups');
  if (found.length === 1 && config.FOUR_EYES)
    return wrong(
      `only ${found[0]}, and FOUR_EYES wants two for each change`,
      'add an administrator, or set FOUR_EYES=false',
    );
  return right(`${found.length} found`);
}
