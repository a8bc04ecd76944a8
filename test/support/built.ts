import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

let building: Promise<string> | undefined;

/** Builds the bundle where it is missing or old, as `npm start` does: once for a worker. Resolves with its path. */
export function built(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  await promisify(execFile)(process.execPath, [join(root, 'scripts/start.js'), 'help']);
  const folder = join(root, 'dist/bot');
  const bundle = (await readdir(folder)).find((file) => /^bot-.*\.cjs$/.test(file));
  if (bundle === undefined) throw new Error('the bundle could not be built');
  return join(folder, bundle);
}
