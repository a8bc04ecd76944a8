// `npm start`: runs the built bot, and builds it first where that is missing or older than its source.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist', 'bot', 'main.js');
const source = join(root, 'src');
/** As in package.json. */
const LEAST_NODE = [20, 19];

function isStale() {
  if (!existsSync(built)) return true;
  if (!existsSync(source)) return false;
  const builtMs = statSync(built).mtimeMs;
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((path) => join(source, path));
  return [...files, join(root, 'package-lock.json')].some((path) => statSync(path).mtimeMs > builtMs);
}

/** What builds is there where everything is installed, and not where `npm prune --omit=dev` has been. */
const canBuild = () => existsSync(join(root, 'node_modules', 'esbuild'));

function whyNot() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor))
    return `The bot needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}.`;
  if (!existsSync(join(root, 'node_modules')) && existsSync(join(root, 'package-lock.json')))
    return `What the bot is made of is not installed: npm ci in ${root}`;
  if (!existsSync(built) && !canBuild())
    return `The bot is not built, and what builds it is not installed: npm ci && npm run build in ${root}`;
  return undefined;
}

const problem = whyNot();
if (problem === undefined) {
  if (isStale()) {
    if (canBuild()) await (await import('./build.js')).buildBot();
    else
      console.error(
        'The bundle is older than its source, and what builds it is not installed: it runs as it is.',
      );
  }
  await import(built);
} else {
  console.error(problem);
  process.exitCode = 1;
}
