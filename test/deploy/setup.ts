import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Provided, runs } from '../contract/tools/run.ts';
import { provideActionlint } from './tools/actionlint.ts';
import { closeBuildah } from './tools/buildah.ts';
import { type Image, type NoImage, provideImage } from './tools/image.ts';
import { provideNode24 } from './tools/node-24.ts';
import { type PackedPackage, providePackedPackage } from './tools/packed-package.ts';
import { providePromtool } from './tools/promtool.ts';
import { provideCheckers, provideCheckov } from './tools/python-tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    packed: Provided<PackedPackage>;
    image: NoImage | { readonly value: Image };
    /** Folders of programs. */
    checkers: Provided<string>;
    checkov: Provided<string>;
    /** Programs. */
    promtool: Provided<string>;
    actionlint: Provided<string>;
    systemdAnalyze: Provided<string>;
    /** What could not be had, with the reason. */
    notTried: readonly string[];
  }
}

/** Fetches what the proofs need, all at once, and says loudly what could not be had. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'chatops-deploy-'));
  const room = async (name: string): Promise<string> => {
    await mkdir(join(folder, name));
    return join(folder, name);
  };
  const [packed, image, checkers, checkov, promtool, actionlint, systemdAnalyze] = await Promise.all([
    room('package').then(providePackedPackage),
    Promise.all([room('image'), provideNode24()]).then(([place, node]) => provideImage(place, node)),
    provideCheckers(),
    provideCheckov(),
    providePromtool(),
    provideActionlint(),
    provideSystemdAnalyze(),
  ]);
  provide('packed', packed);
  provide('image', image);
  provide('checkers', checkers);
  provide('checkov', checkov);
  provide('promtool', promtool);
  provide('actionlint', actionlint);
  provide('systemdAnalyze', systemdAnalyze);
  const notTried = Object.entries({
    'the packed package': packed,
    'the image': image,
    ...('value' in image && { 'the image of the demo': image.value.demo }),
    'what the checkers look at': checkers,
    'what Checkov looks at': checkov,
    'what promtool looks at': promtool,
    'what actionlint looks at': actionlint,
    'the unit file': systemdAnalyze,
  }).flatMap(([what, provided]) =>
    'missing' in provided ? [`${what.toUpperCase()} IS NOT TRIED: ${provided.missing}`] : [],
  );
  provide('notTried', notTried);
  for (const line of notTried) console.warn(`\n!!! ${line}\n`);
  return async () => {
    if ('value' in image) await closeBuildah(image.value.builder);
    await rm(folder, { recursive: true, force: true });
  };
}

async function provideSystemdAnalyze(): Promise<Provided<string>> {
  if (await runs('systemd-analyze', 'security', '--help')) return { value: 'systemd-analyze' };
  return { missing: 'systemd-analyze is not there' };
}
