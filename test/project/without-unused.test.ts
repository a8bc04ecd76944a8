import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const plugin = new URL('../../scripts/without-unused.js', import.meta.url).href;
const { withoutUnused }: { withoutUnused: Plugin } = await import(plugin);

/** Bundles in memory, as `scripts/build.js` does. */
async function bundled(contents: string) {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['libsql', 'pg-native'],
    define: { 'import.meta.url': '__filename' },
    write: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [withoutUnused],
  });
  return { inputs: metafile.inputs, text: outputFiles[0]?.text ?? '' };
}

let inputs: Metafile['inputs'];
beforeAll(async () => {
  ({ inputs } = await bundled("export * from './src/main.ts';"));
});

it.each([
  'express/',
  'iconv-lite/encodings/',
  'jws/',
  '@opentelemetry/api/build/src/trace/',
  'zod/v4/locales/de.js',
  '@microsoft/kiota-abstractions/',
  'undici/lib/mock/',
  'undici/lib/cache/',
])('the bundle leaves out %s', (part) => {
  const of = Object.keys(inputs).filter((path) => path.includes(`node_modules/${part}`));
  expect(of).toEqual([]);
});

it('the bundle has what the bot needs', () => {
  for (const name of ['@slack/bolt', '@slack/socket-mode', 'undici', 'zod', 'pg', 'kysely', 'prom-client'])
    expect(Object.keys(inputs).some((path) => path.includes(`node_modules/${name}/`))).toBe(true);
});

it('what stands in for undici has every part of it that a bundled file takes', async () => {
  const takers = Object.entries(inputs).filter(([, { imports }]) =>
    imports.some(({ path }) => path.endsWith('node_modules/undici/index.js')),
  );
  const taken = takers.flatMap(([path]) => {
    const text = readFileSync(`${root}${path}`, 'utf8');
    const listed = [...text.matchAll(/(?:import|const) \{([^}]*)\} (?:from|= require\()\s*['"]undici['"]/g)];
    const names = listed.flatMap(([, list = '']) => list.split(','));
    const values = names
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
    return [
      ...values.map((name) => name.split(/ as |:/)[0]?.trim() ?? ''),
      ...[...text.matchAll(/\bundici(?:_\d)?\.(\w+)/g)].map(([, name = '']) => name),
    ];
  });
  expect(taken).toEqual(expect.arrayContaining(['setGlobalDispatcher', 'WebSocket']));
  const { text } = await bundled("module.exports = require('undici');");
  const module = { exports: {} as Record<string, unknown> };
  new Function('module', 'exports', 'require', '__filename', text)(
    module,
    module.exports,
    createRequire(import.meta.url),
    'undici',
  );
  expect([...new Set(taken)].filter((name) => module.exports[name] === undefined)).toEqual([]);
});
