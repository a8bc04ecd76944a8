import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Provided, run, valueIn } from '../../contract/tools/run.ts';
import { makeBaseImage } from './base-image.ts';
import { type Buildah, buildah, lastLinesOf, provideBuildah } from './buildah.ts';
import { timeLeft } from './time-left.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const BUILD_MS = 220_000;
const UNREACHED =
  /npm error (?:code |network)?(?:E[A-Z_]*(?:TIMEDOUT|CONN|NOTFOUND|AI_AGAIN)|ETIMEDOUT|E(?:429|5\d\d))/i;

export interface Image {
  readonly builder: Buildah;
  /** What the image holds, laid out. */
  readonly mount: string;
  /** The same of the demo's. */
  readonly demo: Provided<string>;
  /** Its size and its base's, bytes. */
  readonly bytes: number;
  readonly baseBytes: number;
}

/** Why there is no image; `isFault` where the project is to blame, not the machine. */
export interface NoImage {
  readonly missing: string;
  readonly isFault?: true;
}

/** Builds the image as the Dockerfile says. */
export async function provideImage(
  folder: string,
  node: Provided<string>,
): Promise<NoImage | { readonly value: Image }> {
  const provided = await provideBuildah(join(folder, 'store'));
  if ('missing' in provided) return provided;
  const builder = provided.value;
  const base = join(folder, 'base');
  await mkdir(base);
  try {
    await makeBaseImage(builder, valueIn(node) ?? process.execPath, base);
  } catch (error) {
    return { missing: `no base could be made for it: ${lastLinesOf(error)}` };
  }
  try {
    await buildah(
      builder,
      ['bud', ...BUILD, ...(await npmAsHere(folder)), '--tag', 'chatops', root],
      BUILD_MS,
    );
  } catch (error) {
    const { killed, stderr = '' } = error as { readonly killed?: boolean; readonly stderr?: string };
    if (killed === true) return { missing: `it was not built within ${BUILD_MS / 1000} s` };
    if (UNREACHED.test(stderr)) return { missing: `npm got no packages: ${lastLinesOf(error)}` };
    return { missing: `it cannot be built: ${lastLinesOf(error)}`, isFault: true };
  }
  return {
    value: {
      builder,
      mount: await mounted(builder, 'localhost/chatops'),
      bytes: await sizeOf(builder, 'localhost/chatops'),
      baseBytes: await sizeOf(builder, 'docker.io/library/node'),
      demo: await provideDemo(builder, folder),
    },
  };
}

/** Second, as the bot's own image matters more where time is short. */
async function provideDemo(builder: Buildah, folder: string): Promise<Provided<string>> {
  const npm = await npmAsHere(folder);
  try {
    await buildah(builder, ['bud', ...BUILD, ...npm, '--target', 'demo', '--tag', 'demo', root], BUILD_MS);
    return { value: await mounted(builder, 'localhost/demo') };
  } catch (error) {
    return { missing: `it was not built: ${lastLinesOf(error)}` };
  }
}

const mounted = async (builder: Buildah, name: string): Promise<string> =>
  buildah(builder, ['mount', await buildah(builder, ['from', '--pull-never', name])]);

const BUILD = [
  '--pull-never',
  '--format',
  'docker',
  '--build-arg',
  'VERSION=9.9.9',
  '--build-arg',
  'REVISION=abc',
];

/** The build's npm asks where this machine's asks, and trusts whom it trusts. */
async function npmAsHere(folder: string): Promise<readonly string[]> {
  const option = async (name: string) =>
    (await run('npm', ['config', 'get', name], { timeoutMs: timeLeft(20_000) })).trim();
  const [registry, cafile] = await Promise.all([option('registry'), option('cafile')]);
  const file = join(folder, 'npmrc');
  const hasOwn = cafile !== '' && cafile !== 'null' && cafile !== 'undefined';
  await writeFile(file, `registry=${registry}\n${hasOwn ? 'cafile=/ca.pem\n' : ''}`);
  return ['--volume', `${file}:/root/.npmrc:ro`, ...(hasOwn ? ['--volume', `${cafile}:/ca.pem:ro`] : [])];
}

async function sizeOf(builder: Buildah, name: string): Promise<number> {
  const images = JSON.parse(await buildah(builder, ['images', '--json'])) as {
    readonly names?: readonly string[];
    readonly size: string;
  }[];
  const found = images.find(({ names = [] }) => names.some((known) => known.startsWith(`${name}:`)));
  const [, count = '', unit = ''] = /^([\d.]+) ([KMG]?B)$/.exec(found?.size ?? '') ?? [];
  return Number(count) * ({ B: 1, KB: 1e3, MB: 1e6, GB: 1e9 }[unit] ?? Number.NaN);
}
