// The licenses of what is bundled, in one text: most of them ask that their words come with every copy.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package that a bundled file is of; `undefined` for our own. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * @param {string} root Absolute path of the project.
 * @param {readonly string[]} inputs The files of a bundle, relative to `root`.
 * @returns {string} A part for each package: its name, version, license, and the words of its license files.
 */
export function thirdPartyLicenses(root, inputs) {
  const folders = new Set(
    inputs.map((input) => PACKAGE.exec(input)?.[0]).filter((folder) => folder !== undefined),
  );
  const parts = [...folders]
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => partOf(join(root, folder)));
  return `${[...new Set(parts)].sort().join(`\n${'-'.repeat(72)}\n\n`)}`;
}

function partOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => LICENSE_FILE.test(file));
  const words = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${[`${name} ${version} (${license ?? 'see below'})`, ...words].join('\n\n')}\n`;
}
