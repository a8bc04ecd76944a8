// Bundles the bot into dist/bot, and has V8 compile it ahead: that starts four times as fast as its hundreds of modules one by one.
// Types are checked by `npm run check`, not here.

import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { AROUND } from './bundle-script.js';
import { thirdPartyLicenses } from './third-party-licenses.js';
import { withoutUnused } from './without-unused.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
/** It takes one second. */
const COMPILE_WITHIN_MS = 60_000;

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  logLevel: 'warning',
};

/** Builds, or ends the process with a sentence: what started the build has nothing to run then. */
export async function buildBot() {
  const aside = join(root, 'dist', `building-${process.pid}`);
  const cleanUp = () => existsSync(aside) && rmSync(aside, { recursive: true });
  try {
    await buildAside(aside);
    cleanUp();
  } catch (error) {
    cleanUp();
    console.error(`The bot could not be built: ${error.errors?.[0]?.text ?? error.message}`);
    process.exit(1);
  }
}

/** Builds aside and moves each file into place, so that a bot that starts meanwhile never meets half a file. */
async function buildAside(aside) {
  const place = join(root, 'dist', 'bot');
  const { metafile } = await build({
    ...shared,
    metafile: true,
    entryPoints: { bot: 'src/main.ts' },
    entryNames: '[name]-[hash]',
    outdir: aside,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': '__url' },
    banner: { js: `${AROUND[0]}const __url = require('node:url').pathToFileURL(__filename).href;` },
    footer: { js: AROUND[1] },
    // Native code, which lies beside; and another one, which the driver of PostgreSQL only asks for and does without.
    external: ['libsql', 'pg-native'],
    // What a package has as modules can be taken in part: of graphql a seventh.
    mainFields: ['module', 'main'],
    // Without `keepNames`, which gives each function a table of its own, 4 MB in all: as identifiers stay, so do the names of
    // errors in the log.
    lineLimit: 160,
    sourcemap: 'linked',
    // A trace needs the lines only; the sources would be two thirds of all that is installed.
    sourcesContent: false,
    plugins: [withoutUnused],
  });
  const bundle = readdirSync(aside).find((file) => file.endsWith('.cjs'));
  inAscii(join(aside, bundle));
  // The thread of the file database is started by its path, beside the rest.
  copyFileSync(join(root, 'src/db/file-worker.cjs'), join(aside, 'file-worker.cjs'));
  await build({
    ...shared,
    entryPoints: { main: 'scripts/launch.js' },
    outdir: aside,
    format: 'esm',
    define: { 'process.env.BUNDLE': JSON.stringify(`./${bundle}`) },
  });
  await compileAhead(join(aside, bundle));
  writeFileSync(join(aside, 'LICENSES.txt'), thirdPartyLicenses(root, Object.keys(metafile.inputs)));
  mkdirSync(place, { recursive: true });
  // main.js last: it names the others.
  const files = readdirSync(aside).sort((a, b) => Number(a === 'main.js') - Number(b === 'main.js'));
  for (const file of files) renameSync(join(aside, file), join(place, file));
  for (const file of readdirSync(place)) if (!files.includes(file)) rmSync(join(place, file));
}

/**
 * `readBundle` takes a byte for a character. esbuild escapes all but regular expressions and comments; there, an escaped unit of
 * UTF-16 means the same.
 */
function inAscii(file) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escaped));
}

/** A bundle that is not compiled ahead runs as well: where that fails, it is said, and the build goes on. */
async function compileAhead(bundle) {
  try {
    await run(process.execPath, [join(root, 'scripts/compile-ahead.js'), bundle], {
      timeout: COMPILE_WITHIN_MS,
    });
  } catch (error) {
    rmSync(`${bundle}.compiled`, { force: true });
    const [why = `it ended with ${error.signal ?? error.code}`] = /^\w*Error\b.*$/m.exec(error.stderr) ?? [];
    console.error(
      `The bundle could not be compiled ahead (${why}). It works without, and starts a little later.`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildBot();
