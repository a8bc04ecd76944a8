import { spawnSync } from 'node:child_process';
import { copyFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { built } from '../support/built.ts';
import { scratchFolder } from '../support/scratch.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A copy of what is built, whose compiled part is spoiled. */
let folder: string;
let bundle: string;
let whole: Buffer;
beforeAll(async () => {
  const file = basename(await built());
  folder = await scratchFolder('chatops-compiled-');
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  const from = pathOf('dist/bot');
  const place = join(folder, 'dist/bot');
  await mkdir(place, { recursive: true });
  const files = await readdir(from);
  await Promise.all(files.map((each) => copyFile(join(from, each), join(place, each))));
  bundle = join(place, file);
  whole = await readFile(`${bundle}.compiled`);
});
afterAll(() => rm(folder, { recursive: true }));

/** Whether V8 takes what was compiled, and what the program says when it starts so. */
function start(): { readonly taken: boolean; readonly said: string } {
  const look = `
    import { readFileSync } from 'node:fs';
    import { readBundle } from ${JSON.stringify(pathOf('scripts/bundle-script.js'))};
    console.log(readBundle(${JSON.stringify(bundle)}, readFileSync(${JSON.stringify(`${bundle}.compiled`)})).isTaken);`;
  const run = (...argv: readonly string[]): string =>
    spawnSync(process.execPath, argv, { encoding: 'utf8' }).stdout;
  return {
    taken: run('--input-type=module', '--eval', look) === 'true\n',
    said: run(join(folder, 'dist/bot/main.js'), 'help'),
  };
}

describe('what is compiled ahead', () => {
  it('is taken by the Node that built it', () => {
    expect(start()).toEqual({ taken: true, said: expect.stringContaining('wallaroo-chatops [command]') });
  });

  it.each([
    [
      'of another Node',
      () => Buffer.concat([whole.subarray(0, 8).map((byte) => byte ^ 1), whole.subarray(8)]),
    ],
    ['and cut', () => whole.subarray(0, whole.length / 2)],
    ['and empty', () => Buffer.alloc(0)],
  ])('is left aside where it is %s', async (_, spoiled) => {
    await writeFile(`${bundle}.compiled`, spoiled());
    expect(start()).toEqual({ taken: false, said: expect.stringContaining('wallaroo-chatops [command]') });
  });

  it('may be missing', async () => {
    await rm(`${bundle}.compiled`);
    expect(spawnSync(process.execPath, [join(folder, 'dist/bot/main.js'), 'help']).status).toBe(0);
  });
});

/** A checkout in which nothing is built. */
async function freshCheckout(): Promise<string> {
  const checkout = await scratchFolder('chatops-build-');
  for (const name of ['scripts', 'src', 'package.json', 'package-lock.json'])
    await cp(pathOf(name), join(checkout, name), { recursive: true });
  await symlink(pathOf('node_modules'), join(checkout, 'node_modules'));
  return checkout;
}

const startIn = (checkout: string) =>
  spawnSync(process.execPath, [join(checkout, 'scripts/start.js'), 'help'], { encoding: 'utf8' });

it.each([
  ['cannot make its folder', (checkout: string) => writeFile(join(checkout, 'dist'), '')],
  ['lacks a part of its source', (checkout: string) => rm(join(checkout, 'src/work.ts'))],
  [
    'cannot move what it built into place',
    async (checkout: string) => {
      await mkdir(join(checkout, 'dist/bot/LICENSES.txt/x'), { recursive: true });
    },
  ],
])('a build that %s ends the start with a sentence, and leaves nothing half built', async (_, spoil) => {
  const checkout = await freshCheckout();
  await spoil(checkout);
  const { status, stderr } = startIn(checkout);
  const left = await readdir(join(checkout, 'dist')).catch(() => []);
  await rm(checkout, { recursive: true });
  expect(stderr).toMatch(/^The bot could not be built: \S.*$/m);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(status).toBe(1);
  expect(left.filter((name) => name !== 'bot')).toEqual([]);
});

describe('a build that cannot compile ahead', () => {
  it.each([
    ['stops in the middle of writing', "throw new Error('no room')", 'Error: no room'],
    ['is ended by the system', "process.kill(process.pid, 'SIGKILL')", 'it ended with SIGKILL'],
  ])('says so in one sentence, and what it built runs, where it %s', async (_, end, why) => {
    const checkout = await freshCheckout();
    const half =
      "import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[2] + '.compiled', 'half');";
    await writeFile(join(checkout, 'scripts/compile-ahead.js'), `${half}\n${end}`);
    const { status, stdout, stderr } = startIn(checkout);
    const files = await readdir(join(checkout, 'dist/bot'));
    await rm(checkout, { recursive: true });
    expect(stderr).toBe(
      `The bundle could not be compiled ahead (${why}). It works without, and starts a little later.\n`,
    );
    expect(stdout).toContain('wallaroo-chatops [command]');
    expect(status).toBe(0);
    expect(files.filter((file) => file.endsWith('.compiled'))).toEqual([]);
  });
});
