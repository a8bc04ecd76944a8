// `npm pack` makes an archive that brings only what the bundle cannot hold: `prepack` puts a thin package.json in place of
// the whole one, and `postpack` puts that back. npm packs the file that lies there, whatever `files` says.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const place = join(root, 'package.json');
/** Where the whole one waits meanwhile; one that still lies there is of a packing that was cut off. */
const aside = join(root, 'package.whole.json');

/** What is not in the bundle, and so is installed beside it (`external` in build.js). */
const INSTALLED = ['libsql'];
const KEPT = ['name', 'version', 'description', 'license', 'private', 'type', 'engines', 'bin', 'files'];

/** The package.json of what is packed and of the image: the bundle, and the native part in the version that was tested. */
function thinManifest(whole, lock) {
  const kept = Object.fromEntries(KEPT.map((name) => [name, whole[name]]));
  const versions = INSTALLED.map((name) => [name, lock.packages[`node_modules/${name}`].version]);
  return { ...kept, dependencies: Object.fromEntries(versions) };
}

function restore() {
  if (existsSync(aside)) renameSync(aside, place);
}

function thin() {
  restore();
  const whole = readFileSync(place, 'utf8');
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  writeFileSync(aside, whole);
  writeFileSync(place, `${JSON.stringify(thinManifest(JSON.parse(whole), lock), null, 2)}\n`);
}

if (process.argv[2] === 'restore') restore();
else thin();
