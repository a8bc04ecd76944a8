import type { WebClient } from '@slack/web-api';
import { slackErrorOf } from '../slack/boundary.ts';
import type { OwnTeam } from './principals.ts';

/** Slack's words for a workspace that has no such group, or has not let the app in: another one may have it. */
const NOT_HERE = new Set([
  'no_such_subteam',
  'invalid_team',
  'invalid_team_id',
  'team_not_found',
  'team_access_not_granted',
  'plan_upgrade_required',
  'missing_argument',
  'invalid_arguments',
  'access_denied',
]);
const TEAMS_A_PAGE = 100;
/** An organisation with more workspaces is asked in those first that people of the bot are in. */
const MOST_TEAMS = 1000;

/** Reads the members of a user group. */
export interface GroupReader {
  /** Ids of the group's members; rejects with Slack's error. */
  members(usergroup: string): Promise<readonly string[]>;
  /** Workspaces in which a group may be, beside those that Slack lists. */
  know(teamIds: readonly string[]): void;
}

/**
 * Reads groups for one workspace, or for an organisation: a token of a whole organisation needs the workspace of a group
 * (`team_id`, docs.slack.dev/reference/methods/usergroups.users.list), so one after the other is asked.
 */
export function createGroupReader(client: WebClient, ownTeam: OwnTeam): GroupReader {
  const foundIn = new Map<string, string>();
  const known = new Set<string>();
  const isWorkspace = ownTeam.teamId.startsWith('T');
  const ask = async (usergroup: string, teamId: string | undefined): Promise<readonly string[]> => {
    const team = teamId === undefined ? {} : { team_id: teamId };
    return (await client.usergroups.users.list({ usergroup, ...team })).users ?? [];
  };
  const inOrganisation = async (usergroup: string): Promise<readonly string[]> => {
    let refusal: unknown;
    const tried = new Set<string>();
    const find = async (teams: Iterable<string>): Promise<readonly string[] | undefined> => {
      for (const team of teams) {
        if (tried.has(team)) continue;
        tried.add(team);
        try {
          const members = await ask(usergroup, team);
          foundIn.set(usergroup, team);
          return members;
        } catch (error) {
          if (!NOT_HERE.has(slackErrorOf(error) ?? '')) throw error;
          refusal = error;
        }
      }
      return undefined;
    };
    const first = [foundIn.get(usergroup) ?? [], isWorkspace ? ownTeam.teamId : []].flat();
    const found = (await find(first)) ?? (await find(await teamsOf(client))) ?? (await find(known));
    // Groups of the organisation itself.
    const ofAll = found ?? (await find([ownTeam.enterpriseId ?? ownTeam.teamId]));
    if (ofAll === undefined) throw refusal;
    return ofAll;
  };
  return {
    members: (usergroup) =>
      ownTeam.enterpriseId === undefined
        ? ask(usergroup, isWorkspace ? ownTeam.teamId : undefined)
        : inOrganisation(usergroup),
    know: (teamIds) => {
      for (const team of teamIds) if (known.size < MOST_TEAMS) known.add(team);
    },
  };
}

/** The workspaces of the organisation that let the app in; none where Slack does not say. */
async function teamsOf(client: WebClient): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  try {
    do {
      const page = await client.auth.teams.list({ limit: TEAMS_A_PAGE, ...(cursor ? { cursor } : {}) });
      for (const { id } of page.teams ?? []) if (id !== undefined) found.push(id);
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor !== undefined && found.length < MOST_TEAMS);
  } catch (error) {
    // Slack says no to the list: what is known otherwise has to do. A failing network is no answer.
    if (slackErrorOf(error) === undefined) throw error;
  }
  return found;
}
