import { join } from 'node:path';
import { cached } from '../../contract/tools/cache.ts';
import { type Provided, reasonOf, run, runs } from '../../contract/tools/run.ts';
import { timeLeft } from './time-left.ts';

const VERSION = 'v1.7.12';
const BUILD_MS = 200_000;

/** The checker of workflows: the one on this machine, or built by Go, as it comes as no other package. */
export async function provideActionlint(): Promise<Provided<string>> {
  if (await runs('actionlint', '-version')) return { value: 'actionlint' };
  if (!(await runs('go', 'version'))) return { missing: 'neither actionlint nor Go is installed' };
  try {
    const folder = await cached(`actionlint-${VERSION}`, async (unfinished) => {
      const what = `github.com/rhysd/actionlint/cmd/actionlint@${VERSION}`;
      await run('go', ['install', what], { timeoutMs: timeLeft(BUILD_MS), env: { GOBIN: unfinished } });
    });
    return { value: join(folder, 'actionlint') };
  } catch (error) {
    return { missing: `Go could not build actionlint ${VERSION}: ${reasonOf(error)}` };
  }
}
