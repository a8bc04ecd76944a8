import { expect, it } from 'vitest';
import { runBuiltDoctor } from './built-bot.ts';
import { start } from './support.ts';

it('the built bot is the doctor too, manifest at hand, and tells by its exit code what it found', async () => {
  const { env, folder } = await start();
  const well = await runBuiltDoctor(env, folder);
  expect(well.stdout).toContain('✓ Slack scopes: all 9 of manifest.yml');
  expect(well.stdout).toContain('24 right, 0 wrong');
  expect(well.exitCode).toBe(0);
  const ill = await runBuiltDoctor({ ...env, WALLAROO_PASSWORD: 'wrong' }, folder);
  expect(ill.stdout).toContain('✗ Wallaroo: sign-in');
  expect(ill.exitCode).toBe(1);
}, 60_000);

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
