import type { Source } from './read-source.ts';

/** The files of a project by their path. */
export type Sources = ReadonlyMap<string, Source>;

/**
 * What `find` finds first in the file at `path` and in all that it imports, however far away, with the place:
 * `node:fs of src/db/connect.ts:3`. Types are gone once compiled, so they lead nowhere.
 */
export function firstReached(
  path: string,
  sources: Sources,
  find: (source: Source) => { readonly what: string; readonly line: number } | undefined,
  seen = new Set<string>(),
): string | undefined {
  const source = sources.get(path);
  if (source === undefined || seen.has(path)) return undefined;
  seen.add(path);
  const found = find(source);
  if (found !== undefined) return `${found.what} of ${path}:${found.line}`;
  for (const { target, isType } of source.imports) {
    const reached = isType ? undefined : firstReached(target, sources, find, seen);
    if (reached !== undefined) return reached;
  }
  return undefined;
}
