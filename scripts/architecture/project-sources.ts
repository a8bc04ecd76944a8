import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sources } from './reach.ts';
import { readSource } from './read-source.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The bot and its sandbox as they are on the disk. */
export function projectSources(): Sources {
  const paths = ['src', 'sandbox'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => `${folder}/${path.replaceAll(sep, '/')}`)
      .sort(),
  );
  return new Map(paths.map((path) => [path, readSource(path, readFileSync(join(root, path), 'utf8'))]));
}
