import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test, vi } from 'vitest';
import { valueIn } from '../contract/tools/run.ts';
import { start } from '../doctor/support.ts';
import { postgresDatabases } from '../support/databases.ts';
import { runProgram, startProgram } from './program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const MOST_BYTES = 40 * 1024 * 1024;

const { source, place } = valueIn(inject('packed')) ?? { source: '', place: '' };
const modules = join(place, 'node_modules');
const program = join(modules, '.bin/wallaroo-chatops');
const openPostgres = postgresDatabases();

async function bytesUnder(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (it) => (await stat(join(it.parentPath, it.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe.skipIf(source === '')('the packed package, installed alone', () => {
  test('was packed without a trace in the package.json that it is made from', async () => {
    const texts = [root, source].map((folder) => readFile(join(folder, 'package.json'), 'utf8'));
    const [whole, after] = await Promise.all(texts);
    expect(after).toBe(whole);
  });

  test('brings the native part of the file database and nothing else, in 40 MB', async () => {
    const names = (await readdir(modules)).filter((name) => !name.startsWith('.'));
    expect(names.toSorted()).toEqual(['@libsql', '@neon-rs', 'detect-libc', 'libsql', 'wallaroo-chatops']);
    expect(await bytesUnder(modules)).toBeLessThan(MOST_BYTES);
  });

  test('brings the licenses of what is bundled', async () => {
    const text = await readFile(join(modules, 'wallaroo-chatops/dist/bot/LICENSES.txt'), 'utf8');
    for (const name of ['@slack/bolt', '@keycloak/keycloak-admin-client', 'kysely', 'pg', 'pino', 'zod'])
      expect(text).toMatch(new RegExp(`^${name} [\\d.]+ \\([\\w.-]+\\)$`, 'm'));
    expect(text).toContain('Permission is hereby granted');
  });

  test('has a list of its parts: what is bundled, what is installed beside it, and nothing that only builds', () => {
    const whole = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { cwd: root, maxBuffer: 1e8 });
    const told = execFileSync(process.execPath, [join(source, 'scripts/parts-list.js')], { input: whole });
    const { components, dependencies } = JSON.parse(told.toString()) as {
      components: readonly { name: string; 'bom-ref': string; properties: readonly unknown[] }[];
      dependencies: readonly { ref: string; dependsOn: readonly string[] }[];
    };
    const names = components.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['@slack/bolt', 'graphql', 'libsql', 'pg', 'undici', 'zod']),
    );
    for (const name of ['esbuild', 'react', 'typescript', 'vitest']) expect(names).not.toContain(name);
    expect(components.filter(({ properties }) => JSON.stringify(properties).includes('development'))).toEqual(
      [],
    );
    const refs = new Set(dependencies.map(({ ref }) => ref));
    expect(components.filter((part) => !refs.has(part['bom-ref']))).toEqual([]);
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
  });

  test('brings the unit of systemd, which names what lies where docs/deploy.md has it installed', async () => {
    const home = '/opt/wallaroo-chatops/';
    const unit = await readFile(join(modules, 'wallaroo-chatops/deploy/wallaroo-chatops.service'), 'utf8');
    const docs = await readFile(join(root, 'docs/deploy.md'), 'utf8');
    const named = [...`${unit}\n${docs}`.matchAll(/\/opt\/wallaroo-chatops\/([\w./-]+)/g)].map(
      ([, path]) => path,
    );
    expect(new Set(named).size).toBeGreaterThan(3);
    for (const path of named)
      await expect(stat(join(place, path ?? '')), `${home}${path}`).resolves.toBeDefined();
  });

  test('is the doctor and the command line', async () => {
    const { env, folder: cwd } = await start();
    const doctor = await runProgram(program, ['doctor'], { env, cwd });
    expect(doctor.said).toContain(' 0 wrong');
    expect(doctor.said).toContain('of manifest.yml');
    expect(doctor.code).toBe(0);
    const license = await runProgram(program, ['license'], { env, cwd });
    expect(license.said).toContain('seats');
    expect(license.code).toBe(0);
    const { said } = await runProgram(program, ['--version'], { env: {}, cwd });
    expect(said.trim()).toBe(
      (JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }).version,
    );
  });

  const databases = [
    { kind: 'a file', open: async () => undefined },
    { kind: 'PostgreSQL', open: openPostgres },
  ];
  describe.each(databases)('on $kind', ({ open }) => {
    test.skipIf(open === undefined)('is the bot, and ends in order', async () => {
      const database = await open?.();
      const { env, folder: cwd, slack } = await start();
      const settings = { ...env, ...(database && { DATABASE_URL: database.url }), PORT: '0' };
      const bot = startProgram(program, [], { env: settings, cwd });
      await vi.waitFor(() => expect(bot.said()).toContain('bot is running'), 20_000);
      expect(slack.connections).toBe(1);
      bot.signal('SIGTERM');
      expect(await bot.ended).toBe(0);
      expect(bot.said()).toContain('bot has stopped');
    });
  });
});
