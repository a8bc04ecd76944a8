import type { Button } from '@slack/types';

/** A page of something longer. */
interface Paged<T> {
  readonly shown: readonly T[];
  /** From 0 on. */
  readonly page: number;
  readonly pages: number;
}

/** The asked page, or the nearest that there is. */
export function pageAt<T>(all: readonly T[], asked: number, size: number): Paged<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(Math.max(0, asked), pages - 1);
  return { shown: all.slice(page * size, (page + 1) * size), page, pages };
}

/** `Previous` and `Next`, where there is such a page; `turn` makes a button out of its text, the end of its action id and the page. */
export const turnButtons = (
  { page, pages }: { readonly page: number; readonly pages: number },
  turn: (text: string, suffix: string, to: number) => Button,
): readonly [Button | undefined, Button | undefined] => [
  page > 0 ? turn('Previous', 'previous', page - 1) : undefined,
  page < pages - 1 ? turn('Next', 'next', page + 1) : undefined,
];
