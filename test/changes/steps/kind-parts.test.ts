import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { addToWorkspace } from './add-to-workspace.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const STEPS = 'src/changes/steps';

/** A copy of the sources with the toy kind in its own file and a line in the list. */
async function scratchCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatops-kind-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['src', 'package.json', 'tsconfig.json'])
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const toy = await readFile(join(ROOT, 'test/changes/steps/add-to-workspace.ts'), 'utf8');
  const moved = toy.replaceAll('../../../src/changes/steps/', './').replaceAll('../../../src/', '../../');
  await writeFile(join(folder, STEPS, 'add-to-workspace.ts'), moved);
  const list = await readFile(join(folder, STEPS, 'step-kinds.ts'), 'utf8');
  const longer = list.replace(/extendActivation,?\s*\]/, 'extendActivation, addToWorkspace]');
  expect(longer).not.toBe(list);
  await writeFile(
    join(folder, STEPS, 'step-kinds.ts'),
    `import { addToWorkspace } from './add-to-workspace.ts';\n${longer}`,
  );
  return folder;
}

/** What `tsc` complains of, a line each. */
async function complaints(folder: string): Promise<readonly string[]> {
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const { stdout } = await promisify(execFile)(tsc, ['--noEmit', '--pretty', 'false'], { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout.split('\n').filter((line) => /^\S.*error TS/.test(line));
}

it('a new kind of step is a file and a line, and a type error without any one of its parts', async () => {
  const folder = await scratchCopy();
  const parts = Object.keys(addToWorkspace);
  const lacking = parts.map(
    (part) =>
      `export const without_${part}: Kind = (({ ${part}: _, ...rest }: Kind) => rest)(addToWorkspace);`,
  );
  const head = [
    "import { addToWorkspace } from './add-to-workspace.ts';",
    'type Kind = typeof addToWorkspace;',
  ];
  await writeFile(join(folder, STEPS, 'lacking.ts'), [...head, ...lacking].join('\n'));
  const found = await complaints(folder);
  expect(found.filter((line) => !line.startsWith(`${STEPS}/lacking.ts`))).toEqual([]);
  expect(parts.filter((part) => !found.some((line) => line.includes(`'${part}'`)))).toEqual([]);
  expect(found).toHaveLength(parts.length);
});
