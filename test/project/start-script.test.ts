import { spawnSync } from 'node:child_process';
import { cp, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { scratchFolder } from '../support/scratch.ts';

const script = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));
const made: string[] = [];
afterEach(() => Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true }))));

/** A checkout without the packages that only build, as `npm prune --omit=dev` leaves it. */
async function checkout(): Promise<string> {
  const folder = await scratchFolder('chatops-start-');
  made.push(folder);
  await Promise.all(['scripts', 'src', 'node_modules'].map((name) => mkdir(join(folder, name))));
  await cp(script, join(folder, 'scripts/start.js'));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await writeFile(join(folder, 'package-lock.json'), '{}');
  return folder;
}

async function bundle(folder: string): Promise<void> {
  await mkdir(join(folder, 'dist/bot'), { recursive: true });
  await writeFile(join(folder, 'dist/bot/main.js'), "console.log('the bundle runs')");
}

function start(folder: string): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'scripts/start.js')], {
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

describe('npm start without the packages that only build', () => {
  it('runs the bundle', async () => {
    const folder = await checkout();
    await bundle(folder);
    expect(start(folder)).toEqual({ status: 0, said: 'the bundle runs\n' });
  });

  it('runs a bundle that is older than its source, and says so', async () => {
    const folder = await checkout();
    await bundle(folder);
    await utimes(join(folder, 'dist/bot/main.js'), new Date(0), new Date(0));
    const { status, said } = start(folder);
    expect(status).toBe(0);
    expect(said).toContain('the bundle runs');
    expect(said).toContain('The bundle is older than its source');
  });

  it('says what to do where nothing was built', async () => {
    const { status, said } = start(await checkout());
    expect(status).toBe(1);
    expect(said).toMatch(/^The bot is not built, .*: npm ci && npm run build in .*\n$/);
  });
});
