import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { type Access, createAccess } from '../access/access-service.ts';
import { createGroupReader, type GroupReader } from '../access/group-members-service.ts';
import { principalsOf } from '../access/principals.ts';
import type { Config } from '../config.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import { identityOf } from '../slack/identify.ts';
import { type Check, type Outcome, right, warning, wrong } from './check.ts';
import { slackNames } from './slack-app-checks.ts';

const GROUPS = 'Slack user groups';

/** Who may do what: the groups and people of `ADMINS` and `MEMBERS`. */
export function slackPeopleChecks(
  config: Config,
  client: () => WebClient,
  { log, now }: { readonly log: Logger; readonly now: () => Date },
): readonly Check[] {
  const accessWith = async (admins: readonly string[]) => {
    const ownTeam = identityOf(await client().auth.test());
    return createAccess({ client: client(), log, now, ownTeam, admins, members: undefined });
  };
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
        const access = await accessWith(config.ADMINS);
        const strangers = await strangersIn(config.ADMINS, access);
        return administratorsOutcome(config, strangers, await access.administratorIds());
      },
    },
    {
      name: 'Members',
      needs: [slackNames.token, 'MEMBERS', GROUPS],
      run: async () => {
        const members = config.MEMBERS ?? [];
        // Who could be an administrator is just who could be a member: an active full member of the team.
        return membersOutcome(config, await strangersIn(members, await accessWith(members)));
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

/** The people of a setting who are no active full members of the team, by the ids that it names them by. */
async function strangersIn(
  setting: readonly string[],
  { isAdministrator }: Access,
): Promise<readonly string[]> {
  const strangers: string[] = [];
  for (const id of principalsOf(setting).people) if (!(await isAdministrator(id))) strangers.push(id);
  return strangers;
}

/** Somebody in `MEMBERS` who may do nothing keeps nobody else from anything. */
function membersOutcome({ MEMBERS: members }: Config, strangers: readonly string[]): Outcome {
  if (members === undefined) return right('everyone in the team but guests, as MEMBERS is not set');
  if (strangers.length === 0) return right('all in MEMBERS, and administrators');
  return warning(
    `not an active full member of this team, so they may do nothing: ${strangers.join(', ')}`,
    'copy the ids again, or take them out of MEMBERS',
  );
}

function administratorsOutcome(
  config: Config,
  strangers: readonly string[],
  found: readonly string[],
): Outcome {
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
  if (found.length === 1)
    return warning(
      `only ${found[0]}, whose own requests and own access nobody can approve`,
      'add another administrator to ADMINS or to its groups',
    );
  return right(`${found.length} found`);
}
