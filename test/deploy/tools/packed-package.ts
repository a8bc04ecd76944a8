import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Provided, reasonOf, run } from '../../contract/tools/run.ts';
import { timeLeft } from './time-left.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PACKED_FROM = [
  '.env.example',
  'LICENSE',
  'README.md',
  'deploy',
  'manifest.yml',
  'package-lock.json',
  'package.json',
  'scripts',
  'src',
];

export interface PackedPackage {
  /** What `npm pack` ran in. */
  readonly source: string;
  /** Where the archive is installed, and nothing else. */
  readonly place: string;
}

/** Packs a copy of the project, whose bundle others may use meanwhile, and installs the archive alone. */
export async function providePackedPackage(folder: string): Promise<Provided<PackedPackage>> {
  const source = join(folder, 'source');
  const place = join(folder, 'installed');
  await Promise.all([mkdir(source), mkdir(place)]);
  await Promise.all(PACKED_FROM.map((name) => cp(join(root, name), join(source, name), { recursive: true })));
  await symlink(join(root, 'node_modules'), join(source, 'node_modules'));
  const pack = ['pack', '--silent', '--pack-destination', folder, source];
  const archive = (await run('npm', pack, { timeoutMs: timeLeft(60_000) })).trim().split('\n').at(-1) ?? '';
  await writeFile(join(place, 'package.json'), '{"private": true}');
  const install = ['install', '--prefix', place, '--no-audit', '--no-fund', '--prefer-offline'];
  try {
    await run('npm', [...install, join(folder, archive)], { timeoutMs: timeLeft(120_000) });
    return { value: { source, place } };
  } catch (error) {
    return { missing: `npm could not install what the package needs: ${reasonOf(error)}` };
  }
}
