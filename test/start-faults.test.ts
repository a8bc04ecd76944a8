import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const START = fileURLToPath(new URL('../scripts/start.js', import.meta.url));
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

/** Starts the bot with these settings and waits for its end. */
function start(settings: Readonly<Record<string, string>>): Promise<{ code: unknown; said: string }> {
  const env = { PATH: process.env.PATH, ...right, ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [START], { cwd: folder, env, timeout: WITHIN_MS }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : (error.code ?? error.signal), said: `${stdout}${stderr}` }),
    );
  });
}

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

  it('where no PostgreSQL answers', () =>
    expectRefused('postgres://bot:hidden-password@127.0.0.1:9/chatops', /ECONNREFUSED/));

  it.skipIf(inject('postgresUrl') === '')('with a password that PostgreSQL refuses', () => {
    const url = new URL(inject('postgresUrl'));
    url.password = 'hidden-password';
    url.pathname = '/chatops';
    return expectRefused(url.href, /password authentication failed|does not exist/);
  });
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
