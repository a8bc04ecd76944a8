import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

it('nowhere else in the sources a step is asked for its type', async () => {
  const files = (await readdir(join(ROOT, 'src'), { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('changes/steps/'),
  );
  const asking = [];
  for (const name of files) {
    const text = await readFile(join(ROOT, 'src', name), 'utf8');
    if (/[sS]tep\.type\b|['"]switch['"]|\bswitchSteps\b/.test(text)) asking.push(name);
  }
  expect(asking).toEqual([]);
});
