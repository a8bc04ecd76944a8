import { join } from 'node:path';
import { cached } from '../../contract/tools/cache.ts';
import { type Provided, reasonOf, run } from '../../contract/tools/run.ts';
import { timeLeft } from './time-left.ts';

/** Node 24, which the npm package `node` brings. */
export async function provideNode24(): Promise<Provided<string>> {
  try {
    const folder = await cached('node-24', async (unfinished) => {
      const install = ['install', '--prefix', unfinished, '--no-audit', '--no-fund', 'node@24'];
      await run('npm', install, { timeoutMs: timeLeft(120_000) });
    });
    const node = join(folder, 'node_modules/node/bin/node');
    await run(node, ['--version'], { timeoutMs: timeLeft(20_000) });
    return { value: node };
  } catch (error) {
    return { missing: `the npm package node@24 could not be installed: ${reasonOf(error)}` };
  }
}
