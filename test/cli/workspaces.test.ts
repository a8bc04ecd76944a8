import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { lineSaying, press, saying } from '../flows/requests.ts';
import { people, startWorld } from '../flows/world.ts';
import { rolesIn, workspaceNamed } from '../support/workspaces.ts';
import { ownPlatform, settingsOf } from './own-platform.ts';
import { type Ended, run } from './run-command.ts';

const GONE = '0f0f0f0f-0000-4000-8000-00000000dead';

const own = ownPlatform({ seed: communitySeed({ workspaces: 'many' }) });

const idOf = (name: string): number => workspaceNamed(own.wallaroo.state, name).id;
const members = (name: string) => rolesIn(own.wallaroo.state, workspaceNamed(own.wallaroo.state, name));

describe('what reads', () => {
  it('lists the workspaces with owners and members, and tells whether an active owner is left', async () => {
    const [listed, found, csv] = await Promise.all([
      run(['workspaces'], own.settings),
      own.json('workspaces', 'left', '--json', 'name,id,owners,members,hasActiveOwner'),
      run(['workspaces', 'olga', '--csv'], own.settings),
    ]);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    const rows = listed.stdout.split('\n').map((line) => line.split('\t'));
    expect(rows).toContainEqual([
      'routing',
      `${idOf('routing')}`,
      'ivan@ex.co (inactive), steve@ex.co',
      '3',
      'yes',
      '',
    ]);
    expect(rows).toContainEqual(['without-owners', `${idOf('without-owners')}`, '', '1', 'no', '']);
    expect(rows.find(([name]) => name === 'old-experiments')?.slice(-2)).toEqual(['yes', 'archived']);
    expect(rows.filter(([, , , , , marks]) => marks === 'default').length).toBeGreaterThan(1);
    expect(found).toEqual([
      { name: 'left-behind', id: idOf('left-behind'), owners: [GONE], members: 2, hasActiveOwner: false },
    ]);
    expect(csv.stdout).toMatch(
      /^name,id,owners,members,hasActiveOwner,marks\nchurn-forecast,\d+,olga@ex\.co,3,false,\n/,
    );
  });

  it('shows the members of one, by name, by id and by a part of the name', async () => {
    const [byName, byId, byPart, table] = await Promise.all([
      own.json('workspace', 'platform-tests', '--json', 'user,role,state,workspace'),
      own.json('workspace', `${idOf('platform-tests')}`, '--json', 'user,role,state,workspace'),
      run(['workspace', 'behind', '--csv'], own.settings),
      run(['workspace', 'left-behind'], own.settings),
    ]);
    expect(byName).toHaveLength(3);
    expect(byName).toContainEqual({
      user: 'ada@ex.co',
      role: 'OWNER',
      state: 'inactive',
      workspace: 'platform-tests',
    });
    expect(byName).toContainEqual(expect.objectContaining({ user: 'asteve@ex.co', role: null }));
    expect(byId).toEqual(byName);
    expect(byPart.stdout).toContain(`OWNER,deleted,${GONE},,`);
    expect(table.stdout.split('\n').map((line) => line.split('\t').slice(0, 3))).toContainEqual([
      'COLLABORATOR',
      'active',
      'testuser@wallaroo.ai',
    ]);
    expect(table.stderr).toMatch(
      /left-behind \(id \d+\): 2 members\.\nNo active owner is left\. .* --role owner\n/,
    );
  });

  it('tells its fields and has help for every verb', async () => {
    const [fields, ofList, add, nested] = await Promise.all([
      run(['workspace', '--json', '--', 'x'], {}),
      run(['workspaces', '--json'], {}),
      run(['help', 'workspace', 'add'], {}),
      run(['workspace', 'remove', '--help'], {}),
    ]);
    expect(fields).toMatchObject({ code: 0, stdout: expect.stringMatching(/^role\nstate\nuser\n/) });
    expect(ofList).toMatchObject({ code: 0, stdout: expect.stringMatching(/^name\nid\nowners\n/) });
    expect(add).toMatchObject({ code: 0, stdout: expect.stringMatching(/--role <role>[\s\S]*Examples:/) });
    expect(nested).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('removes members from a workspace'),
    });
  });
});

describe('what changes', () => {
  it('adds, promotes, demotes and removes, takes no seat, and leaves each in the trail', async () => {
    const added = await run(
      ['workspace', 'add', 'fraud-models', '-', 'mia@ex.co', '--yes', '--reason', 'covers for Steve'],
      own.settings,
      'ada@ex.co\nsteve\n',
    );
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toMatch(
      /^steve@ex\.co is already an owner of fraud-models: nothing to do\.\nada@ex\.co is now a collaborator of fraud-models\. .*Change \w{12}\.\nmia@ex\.co is now a collaborator of fraud-models\./,
    );
    expect(added.stdout).not.toContain('Seats');
    expect(members('fraud-models')).toMatchObject({
      steve: 'OWNER',
      'ada@ex.co': 'COLLABORATOR',
      'mia@ex.co': 'COLLABORATOR',
    });
    // Options that `workspace` takes as well, on either side.
    const owner = await own.json(
      'workspace',
      'add',
      '--json',
      'outcome,user,id',
      'fraud',
      'testuser',
      '--role',
      'owner',
      '--yes',
    );
    const { id } = own.wallaroo.state.user('testuser@wallaroo.ai');
    expect(owner).toEqual([{ outcome: 'done', user: 'testuser@wallaroo.ai', id }]);
    expect(
      (await run(['workspace', 'add', 'fraud', 'steve', '--role', 'collaborator', '--yes'], own.settings))
        .code,
    ).toBe(0);
    const out = await run(
      ['workspace', 'remove', `${idOf('fraud-models')}`, 'mia@ex.co', 'nora@ex.co', '--yes'],
      own.settings,
    );
    expect(out).toMatchObject({ code: 0 });
    expect(out.stdout).toMatch(
      /nora@ex\.co is no member of fraud-models: nothing to do\.\nmia@ex\.co is no member of fraud-models any more\./,
    );
    expect(members('fraud-models')).toEqual({
      steve: 'COLLABORATOR',
      'testuser@wallaroo.ai': 'OWNER',
      'ada@ex.co': 'COLLABORATOR',
    });
    const trail = await own.json('audit', '--json', 'event,subject,actor,reason');
    expect(trail).toHaveLength(5);
    expect(trail[4]).toEqual({
      event: 'applied',
      subject: ['ada@ex.co'],
      actor: expect.stringMatching(/^cli:[\w.-]+@[\w.-]+$/),
      reason: 'covers for Steve',
    });
  });

  it('removes a member whom Keycloak no longer has, by the id that it shows', async () => {
    await run(['workspace', 'add', 'left-behind', 'steve', '--role', 'owner', '--yes'], own.settings);
    expect(await run(['workspace', 'remove', 'left-behind', GONE, '--yes'], own.settings)).toMatchObject({
      code: 0,
    });
    expect(members('left-behind')).toEqual({ steve: 'OWNER', 'testuser@wallaroo.ai': 'COLLABORATOR' });
    expect((await run(['workspace', 'add', 'left-behind', GONE, '--yes'], own.settings)).code).toBe(3);
  });

  it('shows by --dry-run what it would do, and does nothing', async () => {
    const before = members('pricing');
    const [dry, asData, guarded] = await Promise.all([
      run(
        ['workspace', 'add', 'pricing', 'ivan@ex.co', 'chatops@ex.co', '--role', 'owner', '--dry-run'],
        own.settings,
      ),
      own.json('workspace', 'remove', 'pricing', 'mia@ex.co', '--dry-run', '--json', 'outcome,user,sentence'),
      run(['workspace', 'remove', 'fraud-models', 'steve', '--dry-run'], own.settings),
    ]);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(
      /Make ivan@ex\.co an owner of pricing\nMake chatops@ex\.co an owner of pricing\n {2}ivan@ex\.co is inactive/,
    );
    expect(dry.stdout).toMatch(/Active owners: (\S+, \S+) → \1, chatops@ex\.co\n/);
    expect(dry.stdout).toContain('  Seats: a membership takes none.');
    expect(dry.stderr).toContain('nothing was changed');
    expect(asData).toEqual([
      { outcome: 'would be done', user: 'mia@ex.co', sentence: 'Would remove mia@ex.co from pricing.' },
    ]);
    expect(guarded).toMatchObject({ code: 5, stdout: '' });
    expect(guarded.stderr).toMatch(/Active owners: steve@ex\.co → none[\s\S]*last active OWNER/);
    expect(members('pricing')).toEqual(before);
  });

  it('is a request under FOUR_EYES, and says so; nobody decides their own', async () => {
    const four = { ...own.settings, FOUR_EYES: 'true' };
    const asked = await run(['workspace', 'add', 'pricing', 'ada@ex.co', '--yes'], four);
    expect(asked).toMatchObject({ code: 6 });
    expect(asked.stdout).toContain('Waits for an approval: add ada@ex.co as a collaborator to pricing');
    const [request] = await own.json('requests', '--json', 'id');
    expect(await run(['approve', request.id, '--yes'], four)).toMatchObject({ code: 5 });
    expect(members('pricing')).not.toHaveProperty('ada@ex.co');
  });
});

it('a running bot tells the approvals channel of it, and an administrator takes it back', async () => {
  const world = await startWorld({ wallaroo: { seed: communitySeed({ workspaces: 'many' }) } });
  const { state } = world.wallaroo;
  const place = () => rolesIn(state, workspaceNamed(state, 'pricing'))['mia@ex.co'];
  const argv = ['workspace', 'add', 'pricing', 'mia@ex.co', '--role', 'owner', '--yes'];
  expect((await run(argv, settingsOf(world))).code).toBe(0);
  expect(place()).toBe('OWNER');
  const line = await lineSaying(world, 'mia@ex.co is now an owner of pricing');
  expect(line.text).toMatch(/^cli:[\w.-]+@[\w.-]+: /);
  expect(line.text).not.toContain('<@cli');
  await press(world, people.ada, line, 'Undo');
  await saying(world, line, 'It has since been undone');
  expect(place()).toBe('COLLABORATOR');
});

const refusals: readonly (readonly [code: number, argv: readonly string[], says: RegExp])[] = [
  [2, ['workspace'], /^Missing required argument 'name\|id'\.\nwallaroo-chatops help workspace tells how/],
  [2, ['workspace', 'pricing', '--yes'], /Unknown option '--yes'/],
  [
    2,
    ['workspace', 'add', 'pricing', '--yes'],
    /^Missing required argument 'who'\.\nwallaroo-chatops help [a-z ]+ tells how/,
  ],
  [2, ['workspace', 'add', 'pricing', 'mia@ex.co'], /needs --yes/],
  [2, ['workspace', 'add', 'pricing', 'mia@ex.co', '--role', 'boss', '--yes'], /Allowed choices/],
  [2, ['workspace', '--csv', 'remove', 'pricing', 'mia@ex.co', '--json', 'user'], /cannot be used with/],
  [2, ['workspace', 'remove', 'pricing', 'me', '--yes'], /Nobody is "me"/],
  [2, ['workspaces', 'x'.repeat(201)], /too long for the name of a workspace/],
  [
    3,
    ['workspace', 'demand'],
    /fits several workspaces[\s\S]*\(id \d+, owned by steve@ex\.co\)[\s\S]*\(id \d+, owned by testuser/,
  ],
  [3, ['workspace', 'add', 'demand', 'mia@ex.co', '--yes'], /demand \(id \d+, owned by steve@ex\.co\)/],
  [3, ['workspace', 'procin'], /No workspace of this Wallaroo instance is "procin"/],
  [3, ['workspace', 'remove', 'pricing', 'nobody-at-all', '--yes'], /No user/],
  [5, ['workspace', 'remove', 'fraud-models', 'steve', '--yes'], /last active OWNER of the workspace/],
  [5, ['workspace', 'add', 'fraud-models', 'steve', '--role', 'collaborator', '--yes'], /last active OWNER/],
  // Each alone could go: both cannot, and none does.
  [5, ['workspace', 'remove', 'pricing', 'steve', 'testuser', '--yes'], /last active OWNER/],
  [5, ['workspace', 'add', 'old-experiments', 'mia@ex.co', '--yes'], /archived/],
  [5, ['workspace', 'add', 'admin - Default Workspace', 'mia@ex.co', '--yes'], /default workspace/],
];

it('what is not done never ends with 0, and says what is wrong', async () => {
  const before = [...own.wallaroo.state.workspaces.values()];
  const ended: Ended[] = [];
  for (let at = 0; at < refusals.length; at += 4)
    ended.push(...(await Promise.all(refusals.slice(at, at + 4).map(([, argv]) => run(argv, own.settings)))));
  refusals.forEach(([expected, argv, says], at) => {
    expect(ended[at]?.stderr, argv.join(' ')).toMatch(says);
    expect({ argv, code: ended[at]?.code, stdout: ended[at]?.stdout }).toEqual({
      argv,
      code: expected,
      stdout: '',
    });
  });
  expect([...own.wallaroo.state.workspaces.values()]).toEqual(before);
});
