import { distance } from 'fastest-levenshtein';
import { folded } from '../texts/fold.ts';
import { readingsOf } from '../texts/readings.ts';
import { searchWords } from '../texts/search-words.ts';
import type { Workspace } from '../wallaroo/workspace.ts';

/** What a search for one workspace came to. */
export type FoundWorkspace =
  | { readonly kind: 'one'; readonly workspace: Workspace }
  | { readonly kind: 'several'; readonly workspaces: readonly Workspace[] }
  | { readonly kind: 'none'; readonly nearest: readonly Workspace[] };

const MOST_NEAREST = 3;
/** Longer texts are no workspace's name. */
const LONGEST_COMPARED = 64;

/** The workspace meant by a text: a whole name first, then an id (`12`, `id 12`, `#12`), else a part of a name. */
export function findWorkspace(typed: string, workspaces: readonly Workspace[]): FoundWorkspace {
  const readings = readingsOf(typed).filter((text) => text !== '');
  for (const reading of readings) {
    const wanted = folded(reading);
    const named = workspaces.filter(({ name }) => folded(name) === wanted);
    const exact = named.length > 0 ? named : workspaces.filter(({ id }) => id === idIn(wanted));
    if (exact.length > 0) return oneOrSeveral(exact);
  }
  const words = searchWords(readings.at(-1) ?? '');
  if (words.length === 0) return { kind: 'none', nearest: [] };
  const partial = workspaces.filter(({ name }) => words.every((word) => folded(name).includes(word)));
  return partial.length > 0 ? oneOrSeveral(partial) : { kind: 'none', nearest: nearest(words, workspaces) };
}

function idIn(text: string): number | undefined {
  const digits = /^(?:id\s*|#)?(\d{1,15})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const oneOrSeveral = (workspaces: readonly Workspace[]): FoundWorkspace => {
  const [workspace, second] = workspaces;
  return workspace !== undefined && second === undefined
    ? { kind: 'one', workspace }
    : { kind: 'several', workspaces };
};

function nearest(words: readonly string[], workspaces: readonly Workspace[]): readonly Workspace[] {
  const wanted = words.join(' ').slice(0, LONGEST_COMPARED);
  return workspaces
    .map((workspace) => ({
      workspace,
      far: distance(wanted, folded(workspace.name).slice(0, LONGEST_COMPARED)),
    }))
    .filter(({ far }) => far <= Math.ceil(wanted.length / 2))
    .toSorted((one, other) => one.far - other.far)
    .slice(0, MOST_NEAREST)
    .map(({ workspace }) => workspace);
}
