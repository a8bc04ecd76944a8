import { describe, expect, test } from 'vitest';
import type { Json } from '../../sandbox/slack/json.ts';
import { defaultSlackSeed, type SeedPerson } from '../../sandbox/slack/seed.ts';
import { issueTrigger } from '../../sandbox/slack/triggers.ts';
import { ask, askModal, newMessage } from '../flows/acting.ts';
import { LICENSE, people, startWorld, type World } from '../flows/world.ts';

const ORG = 'E0EX';
const TEAM = defaultSlackSeed.team.id;

/** Ex Co as one workspace of an Enterprise Grid, some of its people as given. */
function grid(
  over: Readonly<Record<string, Partial<SeedPerson>>>,
  orgWideFor?: string,
  orgTeams: readonly string[] = [TEAM],
) {
  const enterprise = { id: ORG, teams: [TEAM] };
  const inGrid = defaultSlackSeed.people.map((person) =>
    person.kind === 'stranger' ? person : { ...person, enterprise, ...over[person.id] },
  );
  const team = { ...defaultSlackSeed.team, ...(orgWideFor === undefined ? {} : { orgWideFor, orgTeams }) };
  return startWorld({ slack: { seed: { ...defaultSlackSeed, team, people: inGrid } } });
}

/** A press of `License` on a help message as Grid's payloads have it. */
async function pressed(world: World, userId: string, forged: Json, user: Json = {}) {
  await ask(world, people.ada, '/wallaroo');
  const help = world.slack.as(people.ada).messages(LICENSE).at(-1);
  if (help === undefined) throw new Error('no help');
  await newMessage(world, people.ada, LICENSE, () => world.slack.as(people.ada).press(help, 'License'));
  const sent = world.slack.traffic.of('envelope').at(-1)?.payload as Json & { user: Json };
  const trigger_id = issueTrigger(world.slack.workspace, userId);
  const payload = {
    ...sent,
    ...forged,
    trigger_id,
    response_url: undefined,
    user: { ...sent.user, id: userId, ...user },
  };
  const before = world.slack.traffic.calls().length;
  await world.slack.deliver(payload);
  await world.bot.settled();
  return JSON.stringify(
    world.slack.traffic
      .calls()
      .slice(before)
      .map(({ args }) => args),
  );
}

describe('in an Enterprise Grid', () => {
  test.each<[string, Partial<SeedPerson>]>([
    [
      'whose own workspace is another one',
      { teamId: 'T0ELSE', enterprise: { id: ORG, teams: ['T0ELSE', TEAM] } },
    ],
    ['of whom Slack names no own workspace', { teamId: '', enterprise: { id: ORG, teams: [TEAM] } }],
    [
      'whose own workspace Slack calls by the organisation',
      { teamId: ORG, enterprise: { id: ORG, teams: [TEAM] } },
    ],
  ])('somebody of this workspace %s may use the bot', async (_, mia) => {
    const world = await grid({ [people.mia]: mia });
    expect((await ask(world, people.mia, '/wallaroo license')).text).toContain('Community license');
    for (const user of [{ team_id: mia.teamId || undefined }, { team_id: TEAM }, { team_id: ORG }])
      for (const forged of [{}, { team: null, enterprise: { id: ORG, name: 'Ex Group' } }])
        expect(await pressed(world, people.mia, forged, user)).toContain('Community license');
  });

  test.each<[string, Partial<SeedPerson>]>([
    ['of another workspace', { teamId: 'T0ELSE', enterprise: { id: ORG, teams: ['T0ELSE'] } }],
    ['of another organisation', { teamId: 'T0ELSE', enterprise: { id: 'E0OTHER', teams: ['T0ELSE'] } }],
    ['of no workspace that Slack tells', { teamId: '', enterprise: { id: ORG, teams: [] } }],
    ['who is a guest here', { kind: 'multi_channel_guest' }],
    ['who has left', { isDeactivated: true }],
    ['who is a stranger', { kind: 'stranger', enterprise: { id: ORG, teams: [TEAM] } }],
  ])('somebody %s changes and sees nothing, whatever the payload says', async (_, mia) => {
    const world = await grid({ [people.mia]: mia });
    for (const user of [{}, { team_id: TEAM }, { team_id: undefined }, { team_id: ORG }])
      for (const forged of [
        {},
        { team: null, enterprise: { id: ORG, name: 'Ex Group' }, is_enterprise_install: true },
      ])
        expect(await pressed(world, people.mia, forged, user)).not.toContain('Community license');
  });

  test('a bot installed for the whole organisation serves every workspace of it, and no other organisation', async () => {
    const world = await grid(
      {
        [people.mia]: { teamId: 'T0ELSE', enterprise: { id: ORG, teams: ['T0ELSE'] } },
        [people.steve]: { teamId: 'T0FAR', enterprise: { id: 'E0OTHER', teams: ['T0FAR'] } },
      },
      ORG,
    );
    const forged = { team: null, enterprise: { id: ORG, name: 'Ex Group' }, is_enterprise_install: true };
    expect(await pressed(world, people.mia, forged, { team_id: 'T0ELSE' })).toContain('Community license');
    expect(await pressed(world, people.steve, forged, { team_id: 'T0FAR' })).not.toContain(
      'Community license',
    );
    expect((await askModal(world, people.ada, '/wallaroo deactivate testuser')).submit).toBe('Deactivate');
  });

  const ELSEWHERE = Array.from({ length: 3 }, (_, at) => `T0ELSE${at}`);

  test('groups are read in the workspace that has them, and asked for there from then on', async () => {
    const world = await grid({}, ORG, [...ELSEWHERE, TEAM]);
    const asked = () => world.slack.traffic.calls('usergroups.users.list').map(({ args }) => args.team_id);
    expect((await askModal(world, people.ada, '/wallaroo deactivate testuser')).submit).toBe('Deactivate');
    expect(asked()).toEqual([...ELSEWHERE, TEAM]);
    world.advance(61_000);
    expect((await askModal(world, people.ben, '/wallaroo deactivate testuser')).submit).toBe('Deactivate');
    expect(asked()).toEqual([...ELSEWHERE, TEAM, TEAM]);
  });

  test('groups are read although Slack does not list the workspaces of the organisation', async () => {
    const world = await grid({}, ORG, [...ELSEWHERE, TEAM]);
    world.slack.faults.plan('auth.teams.list', { error: 'not_allowed_token_type' }, 100);
    // Who acts is in a workspace that may have the group.
    await ask(world, people.ada, '/wallaroo license');
    expect((await askModal(world, people.ada, '/wallaroo deactivate testuser')).submit).toBe('Deactivate');
  });

  test('a group that no workspace has makes nobody an administrator', async () => {
    const world = await grid({}, ORG, [...ELSEWHERE, TEAM]);
    world.slack.workspace.state.userGroups.clear();
    expect((await ask(world, people.ada, '/wallaroo audit')).text).toContain('Only administrators');
  });

  test('somebody is an administrator under each of their two ids', async () => {
    const ada = { enterprise: { id: ORG, teams: [TEAM], userId: 'W0ADA' } };
    for (const members of [['W0ADA'], [people.ada]]) {
      const world = await grid({ [people.ada]: ada });
      world.slack.workspace.state.userGroups.set('S0ADMINS', {
        ...(world.slack.workspace.state.userGroups.get('S0ADMINS') ?? {
          id: 'S0ADMINS',
          handle: 'a',
          name: 'a',
        }),
        members,
      });
      expect((await askModal(world, people.ada, '/wallaroo deactivate testuser')).submit).toBe('Deactivate');
    }
  });
});
