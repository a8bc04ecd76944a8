import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Provided } from '../contract/tools/run.ts';
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
  }
}

/** Fetches what the proofs need, all at once, and says loudly what could not be had. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'chatops-deploy-'));
  const room = async (name: string): Promise<string> => {
    await mkdir(join(folder, name));
    return join(folder, name);
  };
  const [packed, image, checkers, checkov, promtool, actionlint] = await Promise.all([
    room('package').then(providePackedPackage),
    Promise.all([room('image'), provideNode24()]).then(([place, node]) => provideImage(place, node)),
    provideCheckers(),
    provideCheckov(),
    providePromtool(),
    provideActionlint(),
  ]);
  provide('packed', packed);
  provide('image', image);
  provide('checkers', checkers);
  provide('checkov', checkov);
  provide('promtool', promtool);
  provide('actionlint', actionlint);
  tell('the packed package', packed);
  tell('the image', image);
  if ('value' in image) tell('the image of the demo', image.value.demo);
  tell('what the checkers look at', checkers);
  tell('what Checkov looks at', checkov);
  tell('what promtool looks at', promtool);
  tell('what actionlint looks at', actionlint);
  return async () => {
    if ('value' in image) await closeBuildah(image.value.builder);
    await rm(folder, { recursive: true, force: true });
  };
}

function tell(what: string, provided: Provided<unknown>): void {
  if ('missing' in provided) console.warn(`\n!!! ${what.toUpperCase()} IS NOT TRIED: ${provided.missing}\n`);
}
