import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { start } from './support.ts';

const script = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));

/** Runs the built bot with these settings and no others. */
async function run(
  settings: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<{ readonly exitCode: unknown; readonly stdout: string }> {
  const child = spawn(process.execPath, [script, 'doctor'], {
    cwd,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [stdout, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { exitCode, stdout };
}

it('the built bot is the doctor too, manifest at hand, and tells by its exit code what it found', async () => {
  const { env, folder } = await start();
  const well = await run(env, folder);
  expect(well.stdout).toContain('✓ Slack scopes: all 9 of manifest.yml');
  expect(well.stdout).toContain('19 right, 0 wrong');
  expect(well.exitCode).toBe(0);
  const ill = await run({ ...env, WALLAROO_PASSWORD: 'wrong' }, folder);
  expect(ill.stdout).toContain('✗ Wallaroo: sign-in');
  expect(ill.exitCode).toBe(1);
}, 60_000);
