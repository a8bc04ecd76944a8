import { describe, expect, it } from 'vitest';
import { ownPlatform } from './own-platform.ts';
import { run } from './run-command.ts';

/** So many commands run side by side where they change nothing. */
const AT_ONCE = 4;

const own = ownPlatform();

type Row = Readonly<Record<string, unknown>>;

const isActive = (who: string): boolean => own.wallaroo.state.user(who).enabled;

describe('what reads', () => {
  it('lists users: tabs for a pipe, JSON with the fields asked for, CSV, one after the other through a pipe', async () => {
    const { code, stdout, stderr } = await run(['users', 'active'], own.settings);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.split('\t')[2])).toContain('steve@ex.co');
    expect(stdout).not.toContain('nora@ex.co');
    const listed = await own.json('users', '--json', 'id,email', '--state', 'inactive');
    expect(listed).toContainEqual({ id: own.wallaroo.state.user('nora@ex.co').id, email: 'nora@ex.co' });
    const csv = await run(['users', 'nora', '--csv'], own.settings);
    expect(csv.stdout.split('\n')[0]).toMatch(/^state,name,email,username/);
    expect(csv.stdout).toContain('inactive,Nora Lind,nora@ex.co');
  });

  it('takes a state as an option for the word, with the time behind it', async () => {
    for (const [option, word] of [
      ['--state idle 60d', 'idle 60d'],
      ['--state idle 900d', 'idle 900d'],
      ['--state idle 2 weeks test', 'idle 2 weeks test'],
      ['inactive --state inactive nora', 'inactive nora'],
      ['--state never', 'never'],
    ] as const) {
      const [byOption, byWord] = await Promise.all(
        [option, word].map((words) => run(['users', ...words.split(' ')], own.settings)),
      );
      expect(byOption, option).toEqual(byWord);
    }
  });

  it('names the fields of JSON where none is asked for, and asks nobody for them', async () => {
    for (const command of ['users', 'idle', 'license', 'digest', 'requests', 'audit']) {
      const { code, stdout } = await run([command, '--json'], {});
      expect(code, command).toBe(0);
      expect(stdout.split('\n').length, command).toBeGreaterThan(5);
    }
    const { code, stderr } = await run(['users', '--json', 'id,emial'], own.settings);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no field "emial". The fields are: state, name, email');
  });

  it('shows one user, with workspaces and what is wrong', async () => {
    const { code, stdout } = await run(['user', 'Steve Novak'], own.settings);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Workspaces +.*fraud-models \(OWNER\)/);
    expect(stdout).toMatch(/Problems +username and email differ/);
    expect(await own.json('user', 'steve', '--json', 'email,workspaces')).toMatchObject({
      email: 'steve@ex.co',
      workspaces: expect.arrayContaining([expect.objectContaining({ name: 'fraud-models', role: 'OWNER' })]),
    });
  });

  it('shows the license', async () => {
    const { code, stdout } = await run(['license'], own.settings);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^4 of 5 seats taken\n/);
    expect(await own.json('license', '--json', 'taken,seats,level')).toEqual({
      taken: 4,
      seats: 5,
      level: 'near',
    });
  });

  it('lists who looks idle and could go, for a time of their own too, and says in words of Slack that nobody does', async () => {
    for (const [argv, emails] of [
      [['idle'], ['testuser@wallaroo.ai']],
      [['idle', '900d'], []],
      [['idle', 'for', '2', 'weeks', 'test'], ['testuser@wallaroo.ai']],
    ] as const)
      expect((await own.json(...argv, '--json', 'email')).map(({ email }: Row) => email)).toEqual(emails);
    expect((await run(['idle'], own.settings)).stdout).toMatch(
      /^Test User\ttestuser@wallaroo\.ai\t.*\t74\n$/,
    );
    const guarded = { ...own.settings, PROTECTED_USERS: 'testuser@wallaroo.ai' };
    expect(await run(['idle', '60d'], guarded)).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No user is idle for 60 days or more.\n',
    });
  });

  it('shows what the digest would say, in plain text and for programs', async () => {
    const { code, stdout, stderr } = await run(['digest'], own.settings);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Wallaroo license digest\n\n4 of 5 seats taken\n/);
    expect(stdout).toContain(
      '\nNo sign-in seen for more than 30 days (1)\nTest User testuser@wallaroo.ai · ',
    );
    expect(stdout).toMatch(/\n• steve@ex\.co: username and email differ · open in Keycloak: http:\S+\n/);
    expect(stdout).not.toMatch(/[*`]|:[a-z_]+:|<http|Several at once/);
    expect(await own.json('digest', '--json', 'taken,seats,idle,ownerless')).toMatchObject({
      taken: 4,
      seats: 5,
      idle: [{ user: 'testuser@wallaroo.ai', until: null }],
      ownerless: [{ id: expect.any(Number), workspace: 'churn-forecast' }],
    });
  });

  it('takes names of users for text: neither an order of the terminal nor a formula', async () => {
    own.wallaroo.state.updateUser('nora@ex.co', { firstName: '=cmd()\u001b[31m\u009b2J\u202e' });
    for (const argv of [
      ['users', 'nora'],
      ['user', 'nora@ex.co'],
      ['users', 'nora', '--csv'],
    ])
      expect((await run(argv, own.settings)).stdout).not.toMatch(/[^\P{Cc}\n\t]|\u202e|,=/u);
  });
});

describe('what changes', () => {
  it('lets in, takes out and swaps, tells seats and id, and leaves one entry each in the trail', async () => {
    const out = await run(['deactivate', 'steve', '--yes', '--reason', 'on leave'], own.settings);
    expect(out).toMatchObject({ code: 0, stderr: '' });
    expect(out.stdout).toMatch(
      /^steve@ex\.co is now inactive\. No active OWNER is left in fraud-models\. Their sessions are ended\. Access tokens they already have keep working until \S+ \S+ UTC at the latest\. Seats: 4 → 3 of 5\. Change \w{12}\.\n$/,
    );
    const several = await run(
      ['activate', '-', 'mia@ex.co', '--yes'],
      own.settings,
      'Nora Lind <nora@ex.co>\n\nnora\n',
    );
    expect(several.code).toBe(0);
    expect(several.stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'nora@ex.co',
      'mia@ex.co',
      '',
    ]);
    const swapped = await own.json(
      'swap',
      'nora',
      'steve',
      '--yes',
      '--json',
      'outcome,seatsBefore,seatsAfter',
    );
    expect(swapped).toEqual([{ outcome: 'done', seatsBefore: 5, seatsAfter: 5 }]);
    expect([isActive('steve'), isActive('nora@ex.co'), isActive('mia@ex.co')]).toEqual([true, false, true]);
    const trail = await own.json('audit', '--json', 'event,subject,actor,reason');
    // JSON holds each change whole, CSV has a row for each user: a swap is two, and so are two at once.
    expect(trail).toHaveLength(3);
    expect(trail[0].subject).toEqual(['nora@ex.co', 'steve@ex.co']);
    expect(trail[1].subject).toEqual(['nora@ex.co', 'mia@ex.co']);
    expect((await run(['audit', '--csv'], own.settings)).stdout.trimEnd().split('\n')).toHaveLength(1 + 5);
    expect(trail[2]).toEqual({
      event: 'applied',
      subject: ['steve@ex.co'],
      actor: expect.stringMatching(/^cli:[\w.-]+@[\w.-]+$/),
      reason: 'on leave',
    });
    // The latest two changes: the swap, and two at once.
    expect(await own.json('audit', 'me', '--json', 'event', '--limit', '2')).toHaveLength(2);
    const latest = await run(['audit', 'me', '--csv', '--limit', '2'], own.settings);
    expect(latest.stdout.trimEnd().split('\n')).toHaveLength(1 + 4);
    expect(await own.json('audit', 'mia', '--since', '1d', '--json', 'event')).toHaveLength(1);
    expect(await own.json('audit', 'Nora Lind', '--json', 'event')).toHaveLength(2);
    const nothing = await run(['audit', 'Nora Lindt'], own.settings);
    expect(nothing.stderr).toMatch(
      /No change fits\. No user is called that\. Did you mean:\n {2}nora@ex\.co \(/,
    );
  });

  it('invites, once', async () => {
    const { code, stdout } = await run(['invite', 'new@ex.co', '--yes'], own.settings);
    expect(code).toBe(0);
    expect(stdout).toContain('new@ex.co is invited');
    const again = await run(['invite', 'new@ex.co', '--yes'], own.settings);
    expect(again).toMatchObject({ code: 5, stdout: '' });
    expect(again.stderr).toContain('already has an active account');
    own.wallaroo.state.addUser({ username: 'kim@ex.co', email: undefined, enabled: false });
    const unmailed = await run(['invite', 'kim@ex.co', '--yes'], own.settings);
    expect(unmailed.code).toBe(again.code);
    expect(unmailed.stderr).toContain('kim@ex.co has an inactive account');
    const dormant = await run(['invite', 'nora@ex.co', '--yes'], own.settings);
    expect(dormant).toMatchObject({ code: 5 });
    expect(dormant.stderr).toContain('wallaroo-chatops activate nora@ex.co');
  });

  it('ends an activation by --for and --until', async () => {
    const { code } = await run(['activate', 'nora', '--for', '7d', '--yes'], own.settings);
    expect(code).toBe(0);
    const dry = await run(['activate', 'mia', '--until', '24 Dec 2099', '--dry-run'], own.settings);
    expect(dry).toMatchObject({ code: 2 });
    expect(dry.stderr).toContain('more than a year');
    expect((await run(['activate', 'nora', '--for', '1d', '--yes'], own.settings)).code).toBe(5);
    expect((await run(['activate', 'mia', '--for', 'Friday', '--yes'], own.settings)).code).toBe(2);
  });

  it('shows by --dry-run what it would do to seats, guards and workspaces, and does nothing', async () => {
    const dry = await run(['deactivate', 'steve', '--dry-run'], own.settings);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain('  Seats: 4 → 3 of 5');
    expect(dry.stdout).toContain('fraud-models (no other active owner is left)');
    expect(dry.stderr).toContain('nothing was changed');
    const guarded = await run(['deactivate', 'admin', '--dry-run'], own.settings);
    expect(guarded.code).toBe(5);
    expect(guarded.stderr).toContain('built-in administrator');
    expect(await own.json('activate', 'nora', 'steve', '--dry-run', '--json', 'outcome,user')).toEqual([
      { outcome: 'already', user: 'steve@ex.co' },
      { outcome: 'would be done', user: 'nora@ex.co' },
    ]);
    expect([isActive('steve'), isActive('nora@ex.co')]).toEqual([true, false]);
  });

  it('is a request under FOUR_EYES, and says so; nobody decides their own', async () => {
    const four = { ...own.settings, FOUR_EYES: 'true' };
    const asked = await run(['activate', 'nora', '--yes', '--reason', 'covers'], four);
    expect(asked.code).toBe(6);
    expect(asked.stdout).toContain('Waits for an approval: activate nora@ex.co');
    expect((await run(['activate', 'nora', '--yes'], four)).code).toBe(6);
    const [request] = await own.json('requests', '--json', 'id,asks,reason');
    expect(request).toMatchObject({ asks: 'activate nora@ex.co', reason: 'covers' });
    const approved = await run(['approve', request.id, '--yes'], four);
    expect(approved).toMatchObject({ code: 5 });
    expect(approved.stderr).toContain('Nobody decides their own request');
    expect((await run(['deny', request.id.toLowerCase(), '--reason', 'no', '--yes'], four)).code).toBe(5);
    expect((await run(['deny', request.id, '--yes'], four)).code).toBe(2);
    expect((await run(['approve', 'NOSUCHID', '--yes'], four)).code).toBe(3);
    expect(isActive('nora@ex.co')).toBe(false);
  });
});

const refusals: readonly (readonly [code: number, argv: readonly string[], says: RegExp])[] = [
  [2, ['activate', 'nora'], /needs --yes/],
  [2, ['activate', 'nora', '--no-input'], /needs --yes/],
  [2, ['activate', '--yes'], /^Missing required argument 'who'\.\nwallaroo-chatops help [a-z ]+ tells how/],
  [2, ['activate', '-', '--yes'], /names nobody/],
  [2, ['activate', 'me', '--yes'], /Nobody is "me" on a command line/],
  [2, ['users', '--jsno'], /Unknown option '--jsno'/],
  [2, ['users', '--csv', '--json', 'id'], /cannot be used with/],
  [2, ['users', '--state', 'x'], /Allowed choices/],
  [2, ['users', 'active', '--state', 'inactive'], /"active" and --state inactive name two states/],
  [2, ['user', 'a', 'b'], /^Too many arguments/],
  [2, ['doctor', 'users'], /^doctor does not take users: only --json may follow it\.\n/],
  [2, ['doctor', '--jsno'], /^doctor does not take --jsno: only --json/],
  [2, ['start', 'users'], /^start does not take users: nothing may follow it\.\n/],
  [2, ['actviate', 'nora'], /is no command or option of this program\. Did you mean activate\?/],
  [2, ['help', 'nonsense'], /is no command or option of this program/],
  [2, ['completion', 'tcsh'], /bash, zsh and fish/],
  [2, ['invite', 'nobody', '--yes'], /is not an email to invite/],
  [2, ['audit', '--since', 'x'], /--since is a time/],
  [2, ['audit', '--limit', '0'], /--limit is a number/],
  [2, ['swap', 'steve', 'steve', '--yes'], /A swap takes two users/],
  [3, ['user', 'nobody-at-all@ex.co'], /No user of this Wallaroo instance is "nobody-at-all@ex\.co"/],
  [3, ['deactivate', 'ex.co', '--yes'], /"ex\.co" fits several users/],
  [3, ['activate', 'nora', 'nobody-at-all', '--yes'], /No user/],
  [3, ['activate', 'nora', 'for', '7', 'days', '--yes'], /\nA time is an option here: --for "7 days"\n$/],
  [3, ['activate', 'nora', 'until', '24 Dec', '--yes'], /\nA time is an option here: --until "24 Dec"\n$/],
  [3, ['activate', '<@U0ADA>', '--yes'], /mention of Slack means nobody/],
  [3, ['activate', 'nora@ex.co,mia@ex.co', '--yes'], /You named 2 people/],
  [5, ['deactivate', 'chatops@ex.co', '--yes'], /lock the bot out/],
  [5, ['activate', 'nora', 'mia', '--yes'], /takes 2 seats, and one is free: name 1 at most/],
];

describe('what is not done never ends with 0', () => {
  it('whatever is wrong, and says what', async () => {
    for (let at = 0; at < refusals.length; at += AT_ONCE)
      await Promise.all(
        refusals.slice(at, at + AT_ONCE).map(async ([expected, argv, says]) => {
          const { code, stdout, stderr } = await run(argv, own.settings);
          expect(stderr, argv.join(' ')).toMatch(says);
          expect({ argv, code, stdout }).toEqual({ argv, code: expected, stdout: '' });
          expect(stderr).not.toMatch(/^\s+at /m);
        }),
      );
    expect(isActive('nora@ex.co')).toBe(false);
  });

  it('1: Wallaroo is away', async () => {
    const { code, stderr } = await run(['users'], { ...own.settings, WALLAROO_URL: 'http://127.0.0.1:9' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('cannot be reached') });
  });

  it('1: the database does not work', async () => {
    const broken = { ...own.settings, DATABASE_URL: 'file:/proc/nope/x.db' };
    const { code, stderr } = await run(['activate', 'nora', '--yes'], broken);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^Nothing was done: the database/),
    });
  });

  it('2: settings are missing, those of Slack aside', async () => {
    const { code, stderr } = await run(['users'], { WALLAROO_URL: own.wallaroo.url });
    expect(code).toBe(2);
    expect(stderr).toContain('Nothing was done: 2 settings are missing or wrong');
    expect(stderr).not.toContain('SLACK');
  });

  it('4: the sign-in is refused, and no secret is told', async () => {
    const { code, stderr } = await run(['users'], { ...own.settings, WALLAROO_PASSWORD: 'not-the-password' });
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining('username or password') });
    expect(stderr).not.toContain('not-the-password');
  });

  it('5: the license is full, and who could go instead is named', async () => {
    expect((await run(['activate', 'nora', '--yes'], own.settings)).code).toBe(0);
    const { code, stderr } = await run(['activate', 'mia', '--yes'], own.settings);
    expect(code).toBe(5);
    expect(stderr).toContain(
      '5 of 5 seats are taken. Swap two users: wallaroo-chatops swap <who leaves> mia@ex.co',
    );
    expect(own.wallaroo.seats().taken).toBe(5);
  });

  it('1: a swap fails after its first half, and a running bot has to take that back', async () => {
    own.wallaroo.faults.set('keycloak.users.put', { status: 403, skip: 1 });
    const { code, stdout } = await run(['swap', 'testuser', 'nora', '--yes'], own.settings);
    own.wallaroo.faults.clear();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Not done: replace testuser@wallaroo\.ai with nora@ex\.co\. .*permission.* is being taken back\. A running bot goes on with that\. Change/,
    );
  });
});
