import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../sandbox/demo/start-demo.ts';
import type { WallarooSandbox } from '../../sandbox/wallaroo/start-wallaroo.ts';

const script = fileURLToPath(new URL('../../sandbox/demo.ts', import.meta.url));
/** Several programs start here, on a machine that may be busy with other tests. */
const patienceMs = 60_000;

let started: ChildProcess | undefined;
let demo: Demo | undefined;

afterEach(async () => {
  if (started?.exitCode === null) started.kill('SIGKILL');
  await demo?.stop();
  demo = undefined;
});

/** `npm run demo` on any free port; resolves with its address once it is printed. */
async function run(): Promise<{ process: ChildProcess; url: string; printed: readonly string[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started = child;
  const printed: string[] = [];
  let url = '';
  for await (const line of createInterface(child.stdout)) {
    printed.push(line);
    url ||= /http:\/\/localhost:\d+/.exec(line)?.[0] ?? '';
    if (line.includes('Ctrl-C')) break;
  }
  return { process: child, url, printed };
}

test(
  'one command serves the page with a working bot behind it, and ends on a signal within five seconds',
  async () => {
    const { process: child, url, printed } = await run();
    expect(printed.join('\n')).toMatch(/Ada Quist[\s\S]*\/wallaroo users/);
    const page = await (await fetch(url)).text();
    expect(page).toContain('<script type="module" src="/page.js">');
    expect((await fetch(`${url}/page.js`)).status).toBe(200);
    expect(await (await fetch(`${url}/commands.json`)).json()).toMatchObject([{ command: '/wallaroo' }]);
    expect(await (await fetch(`${url}/wallaroo/control/state`)).json()).toMatchObject({
      seats: { taken: 4, limit: 5 },
    });
    const typed = await fetch(`${url}/control/act`, {
      method: 'POST',
      body: JSON.stringify({ as: 'U0ADA', do: 'command', channel: 'C0LICENSE', text: '/wallaroo help' }),
    });
    expect(typed.status).toBe(200);
    const startedMs = performance.now();
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(performance.now() - startedMs).toBeLessThan(5000);
  },
  patienceMs,
);

test(
  'says so when the bot cannot start, and leaves nothing running',
  async () => {
    const starting = startDemo({ port: 0, settings: { ADMINS: 'nobody', LOG_LEVEL: 'silent' } });
    await expect(starting).rejects.toThrow('The bot ended before it was connected (1).');
  },
  patienceMs,
);

/** The bot has looked at the platform a second time, so its first round, which notes the schedule, is over. */
async function listedTwice({ requests, on }: WallarooSandbox): Promise<void> {
  const listed = () => requests.filter(({ endpoint }) => endpoint === 'users.query').length >= 2;
  await new Promise<void>((resolve) => {
    const stop = on('response', () => {
      if (!listed()) return;
      stop();
      resolve();
    });
  });
}

test(
  'moves the clock of bot, Slack and Wallaroo to the next digest',
  async () => {
    demo = await startDemo({ port: 0 });
    const { slack, wallaroo, clock, url } = demo;
    await listedTwice(wallaroo);
    const { next } = (await (await fetch(`${url}/control/clock`)).json()) as { next: string };
    const moved = await fetch(`${url}/control/clock`, { method: 'POST', body: JSON.stringify({ to: next }) });
    expect(moved.status).toBe(200);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(new Date(next).getTime());
    const ada = slack.as('U0ADA');
    const digest = await slack.until(
      () => ada.messages('C0LICENSE').find(({ text }) => /digest/i.test(text)),
      15_000,
    );
    expect(new Date(Number(digest.ts) * 1000).toISOString().slice(0, 13)).toBe(next.slice(0, 13));
  },
  patienceMs,
);
