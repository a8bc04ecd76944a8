// `npm start`: runs the built bot, and builds it first where that is missing or older than its source.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist', 'bot', 'main.js');
const source = join(root, 'src');

function isStale() {
  if (!existsSync(built)) return true;
  if (!existsSync(source)) return false;
  const builtMs = statSync(built).mtimeMs;
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((path) => join(source, path));
  return [...files, join(root, 'package-lock.json')].some((path) => statSync(path).mtimeMs > builtMs);
}

if (isStale()) await (await import('./build.js')).buildBot();
await import(built);
