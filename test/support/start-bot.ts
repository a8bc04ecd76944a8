import { readFile } from 'node:fs/promises';
import { inject } from 'vitest';
import type { load } from '../../src/main.ts';

type Program = { readonly load: typeof load };

const reader = new URL('../../scripts/bundle-script.js', import.meta.url).href;
const { readBundle }: { readBundle: (file: string, compiled: Buffer) => { run(): Program } } = await import(
  reader
);

/** Of the source; of what `npm start` runs, where the tests are told to (`vitest.built.config.ts`). */
async function app(): ReturnType<Program['load']['app']> {
  const bundle = inject('bundle');
  if (bundle === undefined) return import('../../src/app.ts');
  const compiled = await readFile(`${bundle}.compiled`);
  return readBundle(bundle, compiled).run().load.app();
}

export const { startBot } = await app();
