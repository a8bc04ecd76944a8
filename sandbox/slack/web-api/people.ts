import type { Json } from '../json.ts';
import { SlackRefusal } from '../refusals.ts';
import type { SeedUserGroup } from '../seed.ts';
import type { SlackPerson } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { isOn, type Method } from './method.ts';

const enterpriseUser = (
  id: string,
  { id: enterpriseId, teams, userId = id }: NonNullable<SlackPerson['enterprise']>,
): Json => ({
  id: userId,
  enterprise_id: enterpriseId,
  enterprise_name: 'Ex Group',
  is_admin: false,
  is_owner: false,
  is_primary_owner: false,
  teams,
});

function userJson(workspace: Workspace, person: SlackPerson): Json {
  const seesEmail = workspace.scopes.includes('users:read.email');
  return {
    id: person.id,
    ...(person.teamId === '' ? {} : { team_id: person.teamId }),
    name: person.handle,
    deleted: person.isDeactivated,
    real_name: person.realName,
    tz: person.timeZone,
    profile: {
      real_name: person.realName,
      display_name: person.handle,
      ...(seesEmail && person.email !== undefined ? { email: person.email } : {}),
      team: person.teamId,
    },
    is_bot: person.isBot,
    updated: 1_700_000_000,
    is_app_user: false,
    ...(person.isBot ? {} : { is_email_confirmed: person.isEmailConfirmed }),
    ...(person.isStranger ? { is_stranger: true } : {}),
    ...(person.enterprise === undefined
      ? {}
      : { enterprise_user: enterpriseUser(person.id, person.enterprise) }),
    ...(person.isDeactivated || person.isStranger
      ? {}
      : {
          is_admin: person.isAdmin,
          is_owner: false,
          is_primary_owner: false,
          is_restricted: person.isRestricted,
          is_ultra_restricted: person.isUltraRestricted,
        }),
  };
}

function userGroupJson(workspace: Workspace, group: SeedUserGroup, withUsers: boolean): Json {
  return {
    id: group.id,
    team_id: workspace.state.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    date_delete: group.isDisabled === true ? 1_700_000_000 : 0,
    user_count: group.members.length,
    ...(withUsers ? { users: group.members } : {}),
  };
}

/** A person by their id in the workspace, or by that in the organisation. */
function personOf(workspace: Workspace, id: string): SlackPerson {
  const people = [...workspace.state.people.values()];
  return people.find(({ enterprise }) => enterprise?.userId === id) ?? workspace.person(id);
}

/** A token of a whole organisation says of which workspace it wants the groups. */
function checkTeam(workspace: Workspace, args: Json): void {
  const { team } = workspace.state;
  if (team.orgWideFor === undefined) return;
  if (args.team_id === undefined || args.team_id === '') throw new SlackRefusal('missing_argument');
  if (!(team.orgTeams ?? [team.id]).includes(String(args.team_id))) throw new SlackRefusal('team_not_found');
}

function checkPlan(workspace: Workspace): void {
  if (workspace.state.team.plan === 'free') throw new SlackRefusal('plan_upgrade_required');
}

/** `users.*` and `usergroups.*`. */
export const people: Readonly<Record<string, Method>> = {
  'users.info': {
    scope: 'users:read',
    run: (workspace, args) => ({ user: userJson(workspace, personOf(workspace, String(args.user))) }),
  },
  'users.lookupByEmail': {
    scope: 'users:read.email',
    run: (workspace, args) => {
      const email = String(args.email).toLowerCase();
      const found = [...workspace.state.people.values()].find(
        (it) => it.email?.toLowerCase() === email && !it.isDeactivated && !it.isStranger,
      );
      if (found === undefined) throw new SlackRefusal('users_not_found');
      return { user: userJson(workspace, found) };
    },
  },
  'usergroups.list': {
    scope: 'usergroups:read',
    run: (workspace, args) => {
      checkTeam(workspace, args);
      checkPlan(workspace);
      const all = [...workspace.state.userGroups.values()];
      const shown = all.filter((group) => group.isDisabled !== true || isOn(args.include_disabled));
      return { usergroups: shown.map((group) => userGroupJson(workspace, group, isOn(args.include_users))) };
    },
  },
  'usergroups.users.list': {
    scope: 'usergroups:read',
    run: (workspace, args) => {
      checkTeam(workspace, args);
      checkPlan(workspace);
      const group = workspace.state.userGroups.get(String(args.usergroup));
      const { team } = workspace.state;
      if (team.orgWideFor !== undefined && args.team_id !== team.id)
        throw new SlackRefusal('no_such_subteam');
      if (group === undefined || (group.isDisabled === true && !isOn(args.include_disabled)))
        throw new SlackRefusal('no_such_subteam');
      return { users: group.members.filter((id) => workspace.state.people.get(id)?.isDeactivated !== true) };
    },
  },
};
