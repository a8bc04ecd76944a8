// `npm run check`: format, lint, types, unused code and the rules of `docs/architecture.md`. Tells all that is wrong at
// once, and prints nothing where nothing is.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const commands = [
  ['biome', 'ci', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`, '.'],
  ['tsc', '--noEmit'],
  ['tsc', '--noEmit', '-p', 'sandbox/page'],
  ['knip'],
  ['tsx', 'scripts/architecture/check.ts'],
];
/** What Biome says though it found nothing. */
const nothingFound = /^.*Checked \d+ files? in .*No fixes applied\..*\n?/m;

for (const [tool, ...args] of commands) {
  const { status, stdout, stderr, error } = spawnSync(`node_modules/.bin/${tool}`, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  process.stdout.write(stdout.replace(nothingFound, ''));
  process.stderr.write(stderr.replace(nothingFound, ''));
  if (status !== 0) {
    process.stderr.write(`${[tool, ...args].join(' ')} found faults.\n`);
    process.exitCode = 1;
  }
}
