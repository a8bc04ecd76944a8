import { join } from 'node:path';
import { cached } from './cache.ts';
import { type Provided, reasonOf, run, runs } from './run.ts';

/** The version of the vendor's Python package `wallaroo` that the sandbox must serve. */
const SDK_VERSION = '2026.1.3';

/** The Python of an environment of its own that has the SDK. */
export async function provideSdk(): Promise<Provided<string>> {
  if (!(await runs('python3', '-m', 'venv', '--help')))
    return { missing: 'Python 3 with venv is not installed' };
  try {
    const folder = await cached(`wallaroo-${SDK_VERSION}`, async (unfinished) => {
      await run('python3', ['-m', 'venv', unfinished], { timeoutMs: 60_000 });
      const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', `wallaroo==${SDK_VERSION}`];
      await run(join(unfinished, 'bin/python'), pip, { timeoutMs: 240_000 });
    });
    return { value: join(folder, 'bin/python') };
  } catch (error) {
    return { missing: `the SDK wallaroo ${SDK_VERSION} could not be installed: ${reasonOf(error)}` };
  }
}
