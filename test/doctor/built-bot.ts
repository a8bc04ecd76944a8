import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));

/** Runs the built bot as the doctor, with these settings and no others. */
export async function runBuiltDoctor(
  settings: Readonly<Record<string, string | undefined>>,
  cwd: string,
  argv: readonly string[] = [],
): Promise<{ readonly exitCode: unknown; readonly stdout: string }> {
  const child = spawn(process.execPath, [script, 'doctor', ...argv], {
    cwd,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [stdout, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { exitCode, stdout };
}
