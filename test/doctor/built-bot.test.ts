import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runBuiltDoctor } from './built-bot.ts';
import { start } from './support.ts';

it('the built bot is the doctor too, manifest at hand, and tells by its exit code what it found', async () => {
  const { env, folder } = await start();
  const well = await runBuiltDoctor(env, folder);
  expect(well.stdout).toContain('✓ Slack scopes: all 9 of manifest.yml');
  expect(well.stdout).toContain('23 right, 0 wrong');
  expect(well.exitCode).toBe(0);
  const ill = await runBuiltDoctor({ ...env, WALLAROO_PASSWORD: 'wrong' }, folder);
  expect(ill.stdout).toContain('✗ Wallaroo: sign-in');
  expect(ill.exitCode).toBe(1);
}, 60_000);

it.each([
  ['a reader that goes away', '| true; echo "code $PIPESTATUS"', '', 'code 0'],
  ['a full disk', '> /dev/full; echo "code $?"', 'cannot be written (ENOSPC)', 'code 1'],
])(
  '%s behind a command ends it with no stack trace',
  async (_name, into, said, code) => {
    const { env, folder } = await start();
    const program = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));
    for (const command of ['doctor', 'users']) {
      const child = spawn('bash', ['-c', `"${process.execPath}" "${program}" ${command} ${into}`], {
        cwd: folder,
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
      expect(stdout.trim(), command).toBe(code);
      expect(stderr, command).not.toMatch(/^\s+at /m);
      expect(stderr, command).toContain(said);
    }
  },
  60_000,
);

it('writes one JSON document and nothing else with --json', async () => {
  const { env, folder } = await start();
  const { stdout, exitCode } = await runBuiltDoctor({ ...env, ADMINS: '' }, folder, ['--json']);
  const { ok, checks } = JSON.parse(stdout);
  expect(ok).toBe(false);
  expect(checks[0]).toMatchObject({
    name: 'ADMINS',
    state: 'wrong',
    remedy: expect.stringContaining('where'),
  });
  expect(exitCode).toBe(1);
}, 60_000);
