import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startPostgresGreeting } from '../support/postgres-tls.ts';
import { smallDisk } from '../support/small-disk.ts';

const START = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));
const DEMO = fileURLToPath(new URL('../../sandbox/demo.ts', import.meta.url));
const WITHIN_MS = 20_000;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatops-start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const right = {
  SLACK_BOT_TOKEN: 'xoxb-not-asked',
  SLACK_APP_TOKEN: 'xapp-not-asked',
  SLACK_API_URL: 'http://127.0.0.1:9/api/',
  PORT: '0',
  WALLAROO_URL: 'http://127.0.0.1:9',
  WALLAROO_USER: 'chatops@ex.co',
  WALLAROO_PASSWORD: 'hidden-password',
  ADMINS: 'U0ADA',
  APPROVALS_CHANNEL: 'C0APPROVALS',
  LOG_LEVEL: 'silent',
};

interface Started {
  readonly code: unknown;
  readonly said: string;
}

/** Starts the program with these settings and no others, in a folder with this `.env`, and waits for its end. */
async function run(
  env: Readonly<Record<string, string>>,
  { argv = [], dotenv }: { readonly argv?: readonly string[]; readonly dotenv?: string } = {},
): Promise<Started> {
  const cwd = await mkdtemp(join(folder, 'run-'));
  if (dotenv !== undefined) writeFileSync(join(cwd, '.env'), dotenv);
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: process.env.PATH, ...env }, timeout: WITHIN_MS };
    execFile(process.execPath, [START, ...argv], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : (error.code ?? error.signal), said: `${stdout}${stderr}` }),
    );
  });
}

/** Starts the bot with settings that are right but for these. */
const start = (settings: Readonly<Record<string, string>>): Promise<Started> =>
  run({ ...right, ...settings });

async function expectRefused(url: string, cause: RegExp): Promise<void> {
  const { code, said } = await start({ DATABASE_URL: url });
  expect(code).toBe(1);
  expect(said).toMatch(/DATABASE_URL: .*\n.*what to do: /);
  expect(said).toMatch(cause);
  expect(said).not.toMatch(/hidden-password|^\s+at /m);
}

describe('a start with a database that does not work ends with one message that names the setting', () => {
  it('below a folder where nothing can be made', () => expectRefused('file:/proc/nope/x.db', /ENOENT/));

  it('below a file', () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    return expectRefused(`file:${path}/x.db`, /cannot open or make it/);
  });

  it('in a folder itself', () => expectRefused(`file:${folder}`, /cannot open or make it/));

  it('in a file that is no database', () => {
    const path = join(folder, 'other.db');
    writeFileSync(path, 'not a database at all, but long enough '.repeat(40));
    return expectRefused(`file:${path}`, /not a database/);
  });

  it('on a full disk', (test) => {
    const disk = smallDisk();
    if (disk === undefined) return test.skip('nothing can be mounted here');
    disk.fill();
    return expectRefused(`file:${disk.path}/x.db`, /make room on the disk/);
  });

  it('where something takes connections and never answers', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await expectRefused(`postgres://nobody@127.0.0.1:${port}/none`, /timeout/);
    silent.close();
  });

  it('where no PostgreSQL answers', () =>
    expectRefused('postgres://bot:hidden-password@127.0.0.1:9/chatops', /ECONNREFUSED/));

  it.skipIf(inject('postgresUrl') === '')('with a password that PostgreSQL refuses', () => {
    const url = new URL(inject('postgresUrl'));
    url.password = 'hidden-password';
    return expectRefused(
      url.href,
      /password authentication failed.*\n.*a user and password that the server takes/,
    );
  });

  it.skipIf(inject('postgresUrl') === '')('with a database that PostgreSQL does not have', () =>
    expectRefused(`${inject('postgresUrl')}/nope`, /does not exist\n.*make that database/),
  );
});

it('a start with a port that is taken says so', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, () => resolve((server.address() as { port: number }).port)),
  );
  const { code, said } = await start({ PORT: String(port), DATABASE_URL: 'file:./port.db' });
  server.close();
  expect(code).toBe(1);
  expect(said).toMatch(/PORT/);
  expect(said).not.toMatch(/^\s+at /m);
});

it('a start with a certificate of PostgreSQL that is not trusted ends at once, with the remedy', async () => {
  const port = await startPostgresGreeting({ tls: true });
  const beganMs = performance.now();
  await expectRefused(
    `postgres://bot:hidden-password@127.0.0.1:${port}/chatops?sslmode=require`,
    /DEPTH_ZERO_SELF_SIGNED_CERT[\s\S]*NODE_EXTRA_CA_CERTS/,
  );
  // The tries for a server that does not answer yet take about ten seconds.
  expect(performance.now() - beganMs).toBeLessThan(8000);
});

describe('a start without settings', () => {
  const required = [
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
    'WALLAROO_URL',
    'WALLAROO_USER',
    'WALLAROO_PASSWORD',
    'ADMINS',
    'APPROVALS_CHANNEL',
  ];

  it('lists each that is required once, where to find it, and that there is no .env', async () => {
    const { code, said } = await run({});
    expect(code).toBe(1);
    expect(
      [...said.matchAll(/^ {2}([A-Z_]+(?: or [A-Z_]+)?): /gm)].map(([, name]) => name).toSorted(),
    ).toEqual(required.toSorted());
    expect(said.match(/where to find it: \S/g)).toHaveLength(required.length);
    expect(said).toMatch(/There is no file .*run-\w+\/\.env: cp \.env\.example \.env/);
    expect(said).not.toMatch(/^\s+at /m);
  });

  it('in the doctor calls them not set once, and folds what waits for them', async () => {
    const { code, said } = await run({}, { argv: ['doctor'] });
    expect(code).toBe(1);
    expect(said.match(/is required and is not set/g)).toHaveLength(required.length - 1);
    expect(said.match(/WALLAROO_URL is not set/g)).toHaveLength(1);
    expect(said).toMatch(
      /^– Not checked, because WALLAROO_URL is not set: Wallaroo: address of WALLAROO_URL, .*Wallaroo: sign-in/m,
    );
    expect(said).toMatch(/^! \.env: there is no file .*\.env → cp \.env\.example \.env/m);
    expect(said).not.toMatch(/is wrong/);
  });
});

describe('a start with settings that are not what they seem', () => {
  it.each([
    ['MEMBERS', ','],
    ['PROTECTED_USERS', 'a@b.c d@e.f'],
    ['SEAT_EXEMPT', 'a@b.c;d@e.f'],
    ['DIGEST_CRON', '* * * * * *'],
    ['DIGEST_CRON', '0 9 30 2 *'],
    ['DATABASE_URL', 'file::memory:'],
    ['DATABASE_URL', 'file:x?mode=ro'],
    ['DATABASE_URL', 'file://data/x.db'],
    ['APPROVALS_CHANNEL', '#approvals'],
    ['WALLAROO_AUTH_URL', 'https://wallaroo.example.com/auth'],
  ])('ends and tells the value: %s=%s', async (name, value) => {
    const { code, said } = await start({ [name]: value });
    expect(code).toBe(1);
    expect(said).toContain(`  ${name}: expected `);
    expect(said).toContain(`, not ${JSON.stringify(value)}\n`);
    expect(said).not.toMatch(/^\s+at /m);
  });

  it.each([
    ['WALLAROO_URL', 'http://name:hidden-too@host'],
    ['WALLAROO_AUTH_URL', 'https://hidden-too@host/auth'],
    ['WALLAROO_URL', 'https://host/?password=hidden-too'],
    ['DATABASE_URL', 'postgres://bot:hidden%too@127.0.0.1/chatops'],
    ['DATABASE_URL', 'postgres://bot:hidden#too@127.0.0.1/chatops'],
    ['SLACK_BOT_TOKEN', 'xapp-hidden-too'],
    ['SLACK_SIGNING_SECRET', 'xoxb-hidden-too'],
    // The password has got into other settings.
    ['LOG_LEVEL', 'hidden-password'],
    ['ADMINS', 'U1,hidden-password'],
  ])('ends and tells no secret: %s=%s', async (name, value) => {
    for (const argv of [[], ['doctor']]) {
      const { code, said } = await run({ ...right, [name]: value }, { argv });
      expect(code).toBe(1);
      expect(said).toMatch(new RegExp(`${name}["\\s\\S]*expected`));
      expect(said).not.toMatch(/hidden/);
      expect(said).not.toMatch(/^\s+at /m);
    }
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'token', 'expected a bot token, xoxb-…\n'],
    ['SLACK_APP_TOKEN', 'App', 'expected an app-level token, xapp-…\n'],
    ['SLACK_BOT_TOKEN', 'xoxp-1', "this is a person's token, so take the Bot User OAuth Token\n"],
    ['SLACK_API_URL', 'slack.com', 'expected an address like https://slack.com/api/, not "slack.com"\n'],
  ])('ends with whole words, though the value is one of them: %s=%s', async (name, value, words) => {
    const { code, said } = await start({ [name]: value });
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`^  ${name}: `, 'm'));
    expect(said).toContain(words);
    expect(said).not.toContain('redacted');
  });

  it('ends the command line with whole words, though a password is one of them', async () => {
    const { code, said } = await run(
      { ...right, WALLAROO_PASSWORD: 'wallaroo', WALLAROO_URL: 'x' },
      { argv: ['users'] },
    );
    expect(code).toBe(2);
    expect(said).toContain(
      '  WALLAROO_URL: expected an address like https://wallaroo.example.com, not "x"\n',
    );
  });

  it('names tokens that are swapped', async () => {
    const swapped = { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' };
    const { said } = await start(swapped);
    expect(said).toMatch(/SLACK_BOT_TOKEN: .*app-level token, for SLACK_APP_TOKEN/);
    expect(said).toMatch(/SLACK_APP_TOKEN: .*bot token, for SLACK_BOT_TOKEN/);
    expect(said).toContain('2 settings are missing or wrong');
  });

  it('names the setting that was probably meant, beside the one that is missing', async () => {
    const { ADMINS, ...others } = right;
    const { said } = await run({ ...others, ADMIN: ADMINS, PATHS: 'x', HOMES: 'x' });
    expect(said).toContain('  ADMINS: is required and is not set\n');
    expect(said).toContain(
      '  ADMIN: is not a setting of the bot, and does nothing\n      what to do: did you mean ADMINS?',
    );
    expect(said).not.toMatch(/PATH|HOME/);
  });

  it.each([
    ['IDLE_DAY', '5', /IDLE_DAY: is not a setting.*did you mean IDLE_DAYS/],
    ['wallaroo_pasword', 'hidden-too', /wallaroo_pasword: is not a setting.*did you mean WALLAROO_PASSWORD/],
    ['WALLAROO_PASS', 'hidden-too', /WALLAROO_PASS: is not a setting.*did you mean WALLAROO_PASSWORD/],
    ['MEMBERS', '', /MEMBERS: is set but empty: everyone in the team/],
    ['WALLAROO_PASSWORD', ' hidden-too', /WALLAROO_PASSWORD: begins or ends with a blank/],
    ['WALLAROO_PASSWORD', '"hidden-too"', /WALLAROO_PASSWORD: stands in quotes/],
    ['DIGEST_CRON', '* 9 * * 1', /DIGEST_CRON: \* 9 \* \* 1 posts digests only 1 min apart/],
    ['REQUEST_TTL', '1s', /REQUEST_TTL: 1s is short/],
    ['WATCH_INTERVAL', '1s', /WATCH_INTERVAL: 1s is short/],
    ['RETENTION', '1h', /RETENTION: 1h is short/],
    ['ADMINS', 'U0ADA,U0ADA', /ADMINS: U0ADA is named more than once/],
    ['ADMINS', 'WALTER', /ADMINS: WALTER looks like a name/],
    ['PROTECTED_USERS', 'U024BE7LH', /PROTECTED_USERS: U024BE7LH looks like Slack's id/],
    ['SLACK_API_URL', 'http://127.0.0.1:9', /SLACK_API_URL: does not end with \/api\//],
  ])('goes on and warns: %s=%s', async (name, value, warning) => {
    // It ends of its database, after the settings.
    const { said } = await start({ LOG_LEVEL: 'info', DATABASE_URL: 'file:/proc/nope/x.db', [name]: value });
    const warnings = said
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes('"setting"'))
      .map((line) => JSON.parse(line));
    expect(warnings).toEqual([expect.objectContaining({ level: 40, msg: expect.stringMatching(warning) })]);
    expect(said).toContain('its database does not work');
    expect(said).not.toContain('hidden');
  });
});

describe('the file .env', () => {
  const lines = Object.entries(right).map(([name, value]) => `${name}=${value}`);
  const broken = [...lines, 'DATABASE_URL=file:/proc/nope/x.db', 'LOG_LEVEL=warn'];

  it('is read from the folder where the bot starts', async () => {
    const { said } = await run({}, { dotenv: broken.join('\r\n') });
    expect(said).toContain('its database does not work');
  });

  it.each([
    ['WALLAROO_PASSWORD=hidden-#-too', /WALLAROO_PASSWORD: its value in \.env ends before a #.*quotes/],
    ['WALLAROO_PASSWORD=hidden-too # mine', /WALLAROO_PASSWORD: its value in \.env ends before a #/],
    ['IDLE_DAYS=5\nIDLE_DAYS=6', /IDLE_DAYS: is set more than once in \.env/],
  ])('is warned of: %s', async (line, warning) => {
    const { said } = await run({}, { dotenv: [...broken, line].join('\n') });
    expect(said).toMatch(warning);
    expect(said).not.toContain('hidden');
  });

  it.each([
    ['APPROVALS_CHANNEL=#approvals', 'APPROVALS_CHANNEL'],
    ['WALLAROO_PASSWORD=#hidden', 'WALLAROO_PASSWORD'],
  ])('names what looks empty: %s', async (line, name) => {
    const dotenv = [...lines.filter((it) => !it.startsWith(name)), line].join('\n');
    const { said, code } = await run({}, { dotenv });
    expect(code).toBe(1);
    expect(said).toContain(`  ${name}: is required and is not set`);
    expect(said).toMatch(new RegExp(`  ${name}: its value in \\.env ends before a #`));
    expect(said).not.toContain('hidden');
  });

  it('is said to be in another encoding, or not to be read', async () => {
    const utf16 = await run({}, { dotenv: Buffer.from(lines.join('\n'), 'utf16le').toString('latin1') });
    expect(utf16.said).toMatch(/\.env: .* is not in UTF-8/);
  });
});

describe('the words behind the program', () => {
  it.each([[['--help']], [['-h']], [['doctor', '--help']], [['help']]])(
    '%j says how it is used',
    async (argv) => {
      const { code, said } = await run({}, { argv });
      expect(code).toBe(0);
      expect(said).toContain('npm run doctor -- --json');
      expect(said).toContain('.env.example');
    },
  );

  it.each([[['--version']], [['-V']], [['version']]])('%j tells the version', async (argv) => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await run({}, { argv })).toEqual({ code: 0, said: `${version}\n` });
    // It ends of its database, after that line.
    const { said } = await start({ LOG_LEVEL: 'info', DATABASE_URL: 'file:/proc/nope/x.db' });
    expect(said).toContain(`"version":"${version}"`);
  });

  it.each([[['strat']], [['doctor', '--jsno']], [['--port', '3']]])('%j is refused', async (argv) => {
    const { code, said } = await run(right, { argv });
    expect(code).toBe(2);
    expect(said).toMatch(/is no command or option of this program|^doctor does not take --jsno: only --json/);
    expect(said).not.toMatch(/^\s+at /m);
  });
});

describe('the words behind the demo', () => {
  const demo = (argv: readonly string[]): Promise<Started> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--import', 'tsx', DEMO, ...argv],
        { timeout: WITHIN_MS },
        (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : (error.code ?? error.signal), said: `${stdout}${stderr}` }),
      );
    });

  it('say how it is used', async () => {
    const { code, said } = await demo(['--help']);
    expect(code).toBe(0);
    expect(said).toContain('npm run demo -- --port 4100');
  });

  it.each([[['--prot', '1']], [['--port', 'x']], [['--port', '65536']], [['--port']], [['x']]])(
    '%j are refused',
    async (argv) => {
      const { code, said } = await demo(argv);
      expect(code).toBe(2);
      expect(said).toContain('npm run demo -- --help');
      expect(said).not.toMatch(/^\s+at /m);
    },
  );
});
