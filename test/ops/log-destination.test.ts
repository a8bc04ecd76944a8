import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { logDestination } from '../../src/ops/log-destination.ts';
import { ask } from '../flows/acting.ts';
import { people, startWorld, type World } from '../flows/world.ts';
import { asProcess } from '../support/as-process.ts';
import type { BotProcess, BotProcessOptions } from '../support/bot-process.ts';
import { freePort } from '../support/free-port.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatops-log-'));
  ended.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A named pipe that nobody reads yet, opened for both so that nothing waits for the other end. */
async function pipe() {
  const path = join(await temporaryFolder(), 'pipe');
  await once(spawn('mkfifo', [path]), 'exit');
  return { path, fd: openSync(path, 'r+') };
}

/** The bot as a process of its own, which tells its health. */
async function watched(world: World, options: BotProcessOptions) {
  const port = await freePort();
  const bot = await asProcess(world, { LOG_LEVEL: 'debug', PORT: String(port) }, options);
  const ready = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return { status: response.status, parts: (await response.json()) as Record<string, string> };
  };
  return { bot, ready, metrics: async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text() };
}

async function work(world: World) {
  for (let turn = 0; turn < 3; turn += 1)
    expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
}

async function expectOrderlyEnd(bot: BotProcess, how: number | string): Promise<void> {
  bot.signal('SIGTERM');
  expect(await bot.ended).toBe(how);
}

test('a full disk under the log keeps nobody from being answered, and health says so', async () => {
  const world = await startWorld();
  const { bot, ready } = await watched(world, { stdout: openSync('/dev/full', 'w') });
  await work(world);
  const { status, parts } = await ready();
  expect([status, parts.log]).toEqual([200, expect.stringContaining('ENOSPC')]);
  expect(bot.said()).toContain('The log cannot be written (ENOSPC)');
  expect(bot.said().match(/cannot be written/g)).toHaveLength(1);
  await expectOrderlyEnd(bot, 0);
});

test('a closed pipe under the log keeps nobody from being answered', async () => {
  const world = await startWorld();
  const { bot, ready } = await watched(world, { stdout: 'pipe' });
  bot.stdout?.destroy();
  await work(world);
  expect((await ready()).parts.log).toContain('EPIPE');
  await expectOrderlyEnd(bot, 0);
});

test('a reader of the log that does not read keeps nobody from being answered, nor the process from ending', async () => {
  const world = await startWorld();
  const { fd } = await pipe();
  // As full as a pipe of Linux gets.
  writeSync(fd, 'x'.repeat(64 * 1024));
  const { bot } = await watched(world, { stdout: fd });
  await work(world);
  await expectOrderlyEnd(bot, 'SIGKILL');
});

test('lines are kept while nothing can be written, the rest is counted, and the log goes on', async () => {
  const { path, fd } = await pipe();
  const log = logDestination({ fd, onFault: () => undefined });
  const line = `${'x'.repeat(999)}\n`;
  for (let at = 0; at < 3000; at += 1) log.write(line);
  expect(log.lostLines).toBeGreaterThan(1000);
  expect(log.lostLines).toBeLessThan(2500);
  expect(await log.flushed(50)).toBe(false);
  const reader = spawn('cat', [path], { stdio: ['ignore', 'pipe', 'ignore'] });
  ended.push(() => reader.kill());
  let read = '';
  reader.stdout.on('data', (chunk) => {
    read += chunk;
  });
  await vi.waitFor(() => expect(read).toContain('lines of the log were lost'), 10_000);
  expect(read.split(line).length - 1 + log.lostLines).toBe(3000);
  log.write('after\n');
  await vi.waitFor(() => expect(read.endsWith('after\n')).toBe(true));
});

test('what was logged last is written before the process ends', async () => {
  const folder = await temporaryFolder();
  const world = await startWorld();
  const { bot } = await watched(world, { stdout: openSync(join(folder, 'log'), 'w') });
  await expectOrderlyEnd(bot, 0);
  expect(await readFile(join(folder, 'log'), 'utf8')).toMatch(/"msg":"bot has stopped"}\n/);
});

test('stray throws and rejections of anything are logged and end nothing', async () => {
  const world = await startWorld();
  const strays = `
    const odd = [() => 'text', () => null, () => undefined, () => 42, () => Object.create(null),
      () => ({ get message() { throw new Error('no'); } }), () => Symbol('odd')];
    process.on('SIGUSR2', () => odd.forEach((it, at) => {
      Promise.reject(it());
      setTimeout(() => { throw it(); }, at);
    }));`;
  const { bot } = await watched(world, { stdout: 'pipe', before: strays });
  let logged = '';
  bot.stdout?.on('data', (chunk) => {
    logged += chunk;
  });
  bot.signal('SIGUSR2');
  await vi.waitFor(
    () => {
      expect(logged.match(/a rejection that nobody handled/g)).toHaveLength(7);
      expect(logged.match(/a throw that nobody caught/g)).toHaveLength(7);
    },
    { timeout: 15_000 },
  );
  await work(world);
});
