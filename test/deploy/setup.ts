import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Provided } from '../contract/tools/run.ts';
import { type PackedPackage, providePackedPackage } from './tools/packed-package.ts';

declare module 'vitest' {
  interface ProvidedContext {
    packed: Provided<PackedPackage>;
  }
}

/** Fetches what the proofs need, all at once, and says loudly what could not be had. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'chatops-deploy-'));
  const packed = await providePackedPackage(folder);
  provide('packed', packed);
  tell('the packed package', packed);
  return () => rm(folder, { recursive: true, force: true });
}

function tell(what: string, provided: Provided<unknown>): void {
  if ('missing' in provided) console.warn(`\n!!! ${what.toUpperCase()} IS NOT TRIED: ${provided.missing}\n`);
}
