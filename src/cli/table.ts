import Table from 'cli-table3';
import widthOf from 'string-width';

const GAP = 2;
const NARROWEST = 4;

const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** Columns side by side with their headings above, the widest cut until all fit into `columns`; the last left out where none can be cut further. */
export function drawTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, hasColor }: { readonly columns: number; readonly hasColor: boolean },
): string {
  const most = Math.max(1, Math.floor((columns + GAP) / (NARROWEST + GAP)));
  const lines = [headings, ...rows].map((cells) => cells.slice(0, most));
  const table = new Table({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [] },
    colWidths: fittingWidths(lines, columns).map((width) => width + GAP),
  });
  table.push(...lines.map((cells) => cells.map((content) => ({ content }))));
  const [head = '', ...body] = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return `${[hasColor ? `\u001b[1m${head}\u001b[22m` : head, ...body].join('\n')}\n`;
}

function fittingWidths(lines: readonly (readonly string[])[], columns: number): readonly number[] {
  const widths = (lines[0] ?? []).map((_, at) =>
    lines.reduce((widest, cells) => Math.max(widest, widthOf(cells[at] ?? '')), 0),
  );
  const room = columns - GAP * (widths.length - 1);
  while (sum(widths) > room && Math.max(...widths) > NARROWEST) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? NARROWEST) - 1;
  }
  return widths;
}
