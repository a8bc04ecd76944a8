// `npm sbom --sbom-format cyclonedx | node scripts/parts-list.js`: the parts of a release, which are what is bundled and what
// is installed beside it. npm knows the packages of a checkout; the build knows which of them it took.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const ONLY_BUILDS = 'cdx:npm:package:development';

/** How each part of LICENSES.txt begins: `zod 4.6.7 (MIT)`. */
const PART = /^(\S+) (\d\S*) \(.+\)$/gm;

/**
 * @param {object} whole What `npm sbom --sbom-format cyclonedx` tells of a checkout.
 * @param {string} licenses LICENSES.txt of the bundle.
 * @returns {object} The same, of what is bundled or installed beside it.
 */
function partsOf(whole, licenses) {
  const bundled = new Set([...licenses.matchAll(PART)].map(([, name, version]) => `${name}@${version}`));
  const isInstalled = ({ properties = [] }) => !properties.some(({ name }) => name === ONLY_BUILDS);
  const components = whole.components
    .filter((part) => bundled.has(`${part.name}@${part.version}`) || isInstalled(part))
    .map(({ properties = [], ...part }) => ({
      ...part,
      properties: properties.filter(({ name }) => name !== ONLY_BUILDS),
    }));
  const kept = new Set([whole.metadata.component['bom-ref'], ...components.map((part) => part['bom-ref'])]);
  const dependencies = whole.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
  return { ...whole, components, dependencies };
}

const STDIN = 0;
const told = readFileSync(STDIN, 'utf8');
const licenses = readFileSync(join(root, 'dist/bot/LICENSES.txt'), 'utf8');
process.stdout.write(`${JSON.stringify(partsOf(JSON.parse(told), licenses), null, 2)}\n`);
