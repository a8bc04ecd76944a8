import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { newCard, request, saying } from '../flows/requests.ts';
import { people, startWorld } from '../flows/world.ts';
import { rolesIn, workspaceNamed } from '../support/workspaces.ts';
import { ownPlatform, settingsOf } from './own-platform.ts';
import { hasTerminals, run, startOnTerminal } from './run-command.ts';

const HEIR = 'testuser@wallaroo.ai';

// Steve is the last active owner of fraud-models, of routing and of one of two that are called demand.
const own = ownPlatform({ seed: communitySeed({ workspaces: 'many', seats: 6 }) });

const idOf = (name: string): number => workspaceNamed(own.wallaroo.state, name).id;
const roleOf = (name: string, who: string) =>
  rolesIn(own.wallaroo.state, workspaceNamed(own.wallaroo.state, name))[who];
const isActive = (who: string): boolean => own.wallaroo.state.user(who).enabled;
const handing = (name: string, who: string): readonly string[] => ['--new-owner', `${name}=${who}`];

describe('a deactivation that leaves workspaces without an active owner', () => {
  it('names each by --dry-run, with what to say of it, and the same as JSON', async () => {
    const dry = await run(['deactivate', 'steve', '--dry-run'], own.settings);
    expect(dry.code).toBe(0);
    for (const name of ['fraud-models', 'routing', 'demand'])
      expect(dry.stdout).toContain(
        `  No active owner would be left in ${name}: left without, unless you add --new-owner ${idOf(name)}=<who>`,
      );
    expect(dry.stdout).not.toMatch(/left in (pricing|platform-tests|old-experiments|steve@ex\.co - )/);
    const said = await own.json(
      ...['deactivate', 'steve', '--dry-run', ...handing('routing', HEIR)],
      ...['--json', 'user,sentence'],
    );
    expect(said).toEqual([
      { user: HEIR, sentence: `Would make ${HEIR} an owner of routing.` },
      {
        user: 'steve@ex.co',
        sentence: 'Would deactivate steve@ex.co. No active owner would be left in demand, fraud-models.',
      },
    ]);
    expect([isActive('steve'), roleOf('routing', HEIR)]).toEqual([true, 'COLLABORATOR']);
  });

  it('makes who is named OWNER first, by name or id, in one change; what is left without is told', async () => {
    const enabledAt: boolean[] = [];
    own.wallaroo.on('request', ({ path }) => {
      if (path.endsWith('/workspaces/add_user')) enabledAt.push(isActive('steve'));
    });
    const { code, stdout, stderr } = await run(
      [
        'deactivate',
        'steve',
        ...handing('fraud-models', HEIR),
        ...handing(`${idOf('routing')}`, HEIR),
      ].concat('--leave-without-owner', '--yes'),
      own.settings,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/testuser@wallaroo\.ai is now an owner of fraud-models/);
    expect(stdout).toMatch(/steve@ex\.co is now inactive\. No active OWNER is left in demand\./);
    expect(enabledAt).toEqual([true, true]);
    expect([roleOf('fraud-models', HEIR), roleOf('routing', HEIR), isActive('steve')]).toEqual([
      'OWNER',
      'OWNER',
      false,
    ]);
    expect(await own.json('audit', '--json', 'event')).toEqual([{ event: 'applied' }]);
  });

  it('changes nothing where the hand-over fails', async () => {
    own.wallaroo.faults.set('workspaces.add_user', { status: 400 });
    const failed = await run(
      ['deactivate', 'steve', ...handing('routing', HEIR), '--leave-without-owner', '--yes'],
      own.settings,
    );
    expect(failed.code).toBe(1);
    expect(isActive('steve')).toBe(true);
  });

  it('asks for nothing else than what it leaves without, and for everybody once', async () => {
    const yes = ['--leave-without-owner', '--yes'];
    const refusals: readonly (readonly [code: number, argv: readonly string[], says: RegExp])[] = [
      [2, ['deactivate', 'steve', '--new-owner', 'routing', ...yes], /takes <workspace>=<who>/],
      [2, ['deactivate', 'steve', '--new-owner', 'routing=', ...yes], /takes <workspace>=<who>/],
      [
        2,
        ['deactivate', 'steve', ...handing('routing', HEIR), ...handing('routing', 'admin'), ...yes],
        /routing twice/,
      ],
      [
        3,
        ['deactivate', 'steve', ...handing('demand', HEIR), ...yes],
        new RegExp(`"demand" fits several workspaces[\\s\\S]*id ${idOf('demand')}, owned by steve@ex\\.co`),
      ],
      [3, ['deactivate', 'steve', ...handing('nowhere', HEIR), ...yes], /No workspace .* is "nowhere"/],
      [3, ['deactivate', 'steve', ...handing('routing', 'nobody-at-all'), ...yes], /No user/],
      [5, ['deactivate', 'steve', ...handing('pricing', HEIR), ...yes], /does not leave pricing without/],
      [5, ['deactivate', 'steve', ...handing('routing', 'nora'), ...yes], /nora@ex\.co is inactive/],
      [5, ['deactivate', 'steve', ...handing('routing', 'steve'), ...yes], /steve@ex\.co leaves as well/],
      [5, ['activate', 'nora', ...handing('routing', HEIR), ...yes], /does not leave routing without/],
      [
        5,
        ['deactivate', 'steve', ...handing('routing', HEIR), '--yes'],
        /Nobody active would own demand, fraud-models any more.* --new-owner .* --leave-without-owner/,
      ],
    ];
    for (const [expected, argv, says] of refusals) {
      const { code, stdout, stderr } = await run(argv, own.settings);
      expect(stderr, argv.join(' ')).toMatch(says);
      expect({ argv, code, stdout }).toEqual({ argv, code: expected, stdout: '' });
    }
    expect([isActive('steve'), roleOf('routing', HEIR)]).toEqual([true, 'COLLABORATOR']);
  });

  it('hands over in a swap, in an exchange for somebody activated, and for somebody invited', async () => {
    const rest = ['--leave-without-owner', '--yes'];
    const swapped = await run(['swap', 'steve', 'nora', ...handing('routing', HEIR), ...rest], own.settings);
    expect(swapped).toMatchObject({ code: 0, stdout: expect.stringMatching(/No active OWNER is left in/) });
    expect([isActive('steve'), isActive('nora@ex.co'), roleOf('routing', HEIR)]).toEqual([
      false,
      true,
      'OWNER',
    ]);
    const exchange = await run(
      ['activate', 'steve', '--exchange', HEIR, ...handing('pricing', 'nora'), ...rest],
      own.settings,
    );
    expect(exchange.code).toBe(0);
    expect([isActive('steve'), isActive(HEIR), roleOf('pricing', 'nora@ex.co')]).toEqual([
      true,
      false,
      'OWNER',
    ]);
    const invited = await run(
      ['invite', 'new@ex.co', '--exchange', 'steve', ...handing('fraud-models', 'nora'), ...rest],
      own.settings,
    );
    expect(invited).toMatchObject({ code: 0, stdout: expect.stringContaining('new@ex.co is invited') });
    expect([isActive('steve'), roleOf('fraud-models', 'nora@ex.co')]).toEqual([false, 'OWNER']);
    expect((await run(['activate', 'nora', '--exchange', 'admin', '--yes'], own.settings)).code).toBe(5);
    expect((await run(['activate', 'mia', 'olga', '--exchange', 'nora', '--yes'], own.settings)).code).toBe(
      2,
    );
  });

  it('hands over what several leave together', async () => {
    const argv = ['deactivate', 'steve', HEIR, '--leave-without-owner'];
    const dry = await run([...argv, '--dry-run'], own.settings);
    // Both own it.
    expect(dry.stdout).toContain('No active owner would be left in pricing: left without');
    const done = await run([...argv, ...handing('pricing', 'admin'), '--yes'], own.settings);
    expect(done.code).toBe(0);
    expect([isActive('steve'), isActive(HEIR), roleOf('pricing', 'admin')]).toEqual([false, false, 'OWNER']);
  });
});

describe.skipIf(!hasTerminals)('on a terminal', () => {
  it('asks for each who takes over, again where the answer means nobody; Enter leaves it without', async () => {
    const asked = startOnTerminal(['deactivate', 'steve', ...handing('fraud-models', HEIR)], own.settings, {
      columns: 200,
    });
    await asked.saying('New owner of demand? [Enter: leave it without]');
    asked.write('\n');
    await asked.saying(`New owner of routing (its members: ${HEIR})? [Enter: leave it without]`);
    asked.write('nobody-at-all\n');
    await asked.saying('No user of this Wallaroo instance is "nobody-at-all"');
    asked.write(`${HEIR}\n`);
    await asked.saying('Go on? [y/N]');
    expect(asked.stdout()).toContain(`No active owner would be left in fraud-models: ${HEIR} becomes OWNER`);
    expect([isActive('steve'), roleOf('routing', HEIR)]).toEqual([true, 'COLLABORATOR']);
    asked.write('y\n');
    expect((await asked.ended).code).toBe(0);
    expect([isActive('steve'), roleOf('routing', HEIR), roleOf('fraud-models', HEIR)]).toEqual([
      false,
      'OWNER',
      'OWNER',
    ]);
  });

  it('asks nothing about them with --leave-without-owner', async () => {
    const asked = startOnTerminal(['deactivate', 'steve', '--leave-without-owner'], own.settings);
    await asked.saying('Go on? [y/N]');
    asked.write('\n');
    expect((await asked.ended).stdout).not.toContain('New owner of');
  });
});

describe('beside a bot', () => {
  it('approve says who takes over, of a deactivation and of an exchange', async () => {
    const world = await startWorld();
    const settings = settingsOf(world);
    await request(world, people.mia, '/wallaroo deactivate steve@ex.co');
    const [{ id }] = JSON.parse((await run(['requests', '--json', 'id'], settings)).stdout);
    const dry = await run(['approve', id, '--dry-run'], settings);
    expect(dry.stdout).toMatch(/No active owner would be left in fraud-models: left without, unless/);
    const approved = await run(['approve', id, ...handing('fraud-models', HEIR), '--yes'], settings);
    expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining('is now an owner of') });
    expect(world.isActive('steve')).toBe(false);
    world.wallaroo.state.setEnabled('mia@ex.co', true);
    await request(world, people.mia, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    const [second] = JSON.parse((await run(['requests', '--json', 'id'], settings)).stdout);
    const exchanged = await run(
      ['approve', second.id, '--exchange', HEIR, ...handing('fraud-models', 'mia')].concat(
        '--leave-without-owner',
        '--yes',
      ),
      settings,
    );
    expect(exchanged.stderr).toBe('');
    expect(exchanged.code).toBe(0);
    expect([world.isActive(HEIR), world.isActive('nora@ex.co')]).toEqual([false, true]);
    const fraud = workspaceNamed(world.wallaroo.state, 'fraud-models');
    expect(rolesIn(world.wallaroo.state, fraud)['mia@ex.co']).toBe('OWNER');
  });

  it('under FOUR_EYES leaves it to who approves, and asks for what an approval chooses', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const settings = settingsOf(world);
    const dry = await run(['deactivate', 'steve', '--dry-run'], settings);
    expect(dry.stdout).toContain('left in fraud-models: who approves chooses who takes over');
    await request(world, people.mia, '/wallaroo deactivate steve@ex.co');
    const card = await newCard(world, 'steve@ex.co');
    const [{ id }] = JSON.parse((await run(['requests', '--json', 'id'], settings)).stdout);
    const chosen = await run(['approve', id, ...handing('fraud-models', HEIR), '--yes'], settings);
    expect(chosen).toMatchObject({ code: 6, stdout: expect.stringContaining('Waits for an approval') });
    await saying(world, card, 'changed by cli:');
    expect(world.isActive('steve')).toBe(true);
  });
});
