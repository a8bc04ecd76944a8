import { readFileSync } from 'node:fs';

/** The version of this program. Its package.json lies two folders above this file, and above the bundle. */
export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
