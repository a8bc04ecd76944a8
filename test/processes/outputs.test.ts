import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { start } from '../doctor/support.ts';

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
