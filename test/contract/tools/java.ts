import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Provided, run } from './run.ts';

/** Where Debian and others put their JDKs. */
const JDK_FOLDERS = ['/usr/lib/jvm', '/opt/java'];

/** The major version of the Java at `home`, `undefined` if none runs there. */
async function majorOf(home: string): Promise<number | undefined> {
  const java = join(home, 'bin/java');
  // `-version` speaks on stderr, `--version` on stdout.
  const words = await run(java, ['--version'], { timeoutMs: 30_000 }).catch(() => '');
  const [, major] = /^\S+ (\d+)/.exec(words) ?? [];
  return major === undefined ? undefined : Number(major);
}

/** The home of the newest installed Java out of `majors`; it need not be the default `java`. */
export async function newestJava(majors: readonly number[]): Promise<Provided<string>> {
  const folders = JDK_FOLDERS.map(async (folder) => {
    const names = await readdir(folder).catch(() => []);
    return names.map((name) => join(folder, name));
  });
  const homes = [process.env.JAVA_HOME ?? '', ...(await Promise.all(folders)).flat()].filter(Boolean);
  const found = new Map<number, string>();
  for (const home of homes) {
    const major = await majorOf(home);
    if (major !== undefined && majors.includes(major) && !found.has(major)) found.set(major, home);
  }
  const newest = found.get(Math.max(...found.keys()));
  return newest === undefined
    ? { missing: `no Java ${majors.join(' or ')} is installed` }
    : { value: newest };
}
