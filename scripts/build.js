// Bundles the bot into dist/bot: one file loads three times as fast as its hundreds of modules one by one.
// Types are checked by `npm run check`, not here.

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdPartyLicenses } from './third-party-licenses.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What CommonJS modules expect around them. */
const COMMONJS = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { dirname as __dirnameOf } from 'node:path';",
  "import { fileURLToPath as __pathOf } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __pathOf(import.meta.url);',
  'const __dirname = __dirnameOf(__filename);',
].join('');

/**
 * What Bolt brings and the bot does not use, a fifth of what a start would load: Express, for a receiver of its own, and the
 * alphabets of bodies that are to be read as text, where Bolt asks for their bytes. It can go once Bolt loads them on demand.
 */
const UNUSED = [
  {
    filter: /[\\/]bolt[\\/]dist[\\/]receivers[\\/]ExpressReceiver\.js$/,
    contents: "exports.default = class { constructor() { throw new Error('built without Express'); } };",
  },
  {
    filter: /[\\/]iconv-lite[\\/]lib[\\/]index\.js$/,
    contents: "exports.getDecoder = () => { throw new Error('built without iconv-lite'); };",
  },
];
const withoutUnused = {
  name: 'without-unused',
  setup: ({ onLoad }) => {
    for (const { filter, contents } of UNUSED) onLoad({ filter }, () => ({ contents, loader: 'js' }));
  },
};

/**
 * The commands of the command line in one piece: a piece for each would cut what they share with the bot into sixty, and a
 * start loads them one by one.
 */
const commandsTogether = {
  name: 'commands-together',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.\/commands\// }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: 'commands', namespace: 'together' } : undefined,
    );
    onLoad({ filter: /^commands$/, namespace: 'together' }, () => {
      const files = readdirSync(join(root, 'src/cli/commands'));
      const contents = files.map((file) => `export * from './commands/${file}';`).join('\n');
      return { contents, resolveDir: join(root, 'src/cli'), loader: 'ts' };
    });
  },
};

/** Builds aside and moves each file into place, so that a bot that starts meanwhile never meets half a file. */
export async function buildBot() {
  const aside = join(root, 'dist', `building-${process.pid}`);
  const place = join(root, 'dist', 'bot');
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    // The thread of the file database is started by its path, beside the rest.
    entryPoints: { main: 'src/main.ts', 'file-worker': 'src/db/file-worker.js' },
    outdir: aside,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Native code, which lies beside; and another one, which the driver of PostgreSQL only asks for and does without.
    external: ['libsql', 'pg-native'],
    // Errors are logged by the names of their classes.
    keepNames: true,
    // The source text stays in memory: without its white space it takes a third less.
    minifyWhitespace: true,
    lineLimit: 160,
    sourcemap: 'linked',
    // A trace needs the lines only; the sources would be two thirds of all that is installed.
    sourcesContent: false,
    banner: { js: COMMONJS },
    plugins: [withoutUnused, commandsTogether],
    logLevel: 'warning',
  });
  writeFileSync(join(aside, 'LICENSES.txt'), thirdPartyLicenses(root, Object.keys(metafile.inputs)));
  mkdirSync(place, { recursive: true });
  // main.js last: it names the others.
  const files = readdirSync(aside).sort((a, b) => Number(a === 'main.js') - Number(b === 'main.js'));
  for (const file of files) renameSync(join(aside, file), join(place, file));
  rmSync(aside, { recursive: true });
  for (const file of readdirSync(place)) if (!files.includes(file)) rmSync(join(place, file));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildBot();
