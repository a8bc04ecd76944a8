import { join } from 'node:path';
import { cached } from '../../contract/tools/cache.ts';
import { type Provided, reasonOf, runs } from '../../contract/tools/run.ts';
import { unpackApt } from './apt.ts';

/** Prometheus' own checker: the one on this machine, or out of Debian's package. */
export async function providePromtool(): Promise<Provided<string>> {
  if (await runs('promtool', '--version')) return { value: 'promtool' };
  try {
    const folder = await cached('promtool', (unfinished) => unpackApt('prometheus', unfinished));
    return { value: join(folder, 'usr/bin/promtool') };
  } catch (error) {
    return { missing: `Debian's package prometheus could not be had: ${reasonOf(error)}` };
  }
}
