import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvHead, csvLines } from '../../src/audit/audit-csv.ts';
import { rowsOf } from '../../src/audit/trail-rows.ts';
import { anyEntry, plainEntry } from './support.ts';

/** Reads CSV by RFC 4180: every cell quoted, a quotation mark inside doubled. */
function cells(csv: string): readonly string[][] {
  return csv
    .split(/(?<=")\r\n(?="|$)/)
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
    );
}

/** Somebody is called Ann and Ada; of nobody else more is known. */
const names = {
  user: ({ userId }: { readonly userId?: string | undefined }) => (userId === 'a' ? 'Ann Lee' : undefined),
  person: (id: string) => (id === 'U0ADA' ? 'Ada Admin' : undefined),
};

describe('the export', () => {
  it('names its columns behind a byte order mark', () => {
    expect(csvHead()).toBe(
      '\ufeff"when","event","subject","subject name","subject id","before","after","actor","actor name","requester","requester name","reason","outcome","change"\r\n',
    );
  });

  it('holds an entry in a line', () => {
    const entry = plainEntry(1, {
      subjects: [{ userId: 'a', label: 'ann@ex.co' }],
      reason: 'says "now",\nplease',
      actor: 'outside',
      requester: undefined,
    });
    expect(cells(csvLines([entry], names))).toEqual([
      [
        '2026-11-01T08:01:00.000Z',
        'applied',
        'ann@ex.co',
        'Ann Lee',
        'a',
        'inactive',
        'active',
        'outside Slack',
        '',
        '',
        '',
        'says "now",\nplease',
        'Activated.',
        'C-1',
      ],
    ]);
  });

  it('has a row for each user: a swap is two of one change', () => {
    const swap = plainEntry(1, {
      subjects: [
        { userId: 'a', label: 'ann@ex.co' },
        { userId: 'b', label: 'bob@ex.co' },
      ],
      before: 'active, inactive',
      after: 'inactive, active',
    });
    expect(cells(csvLines(rowsOf(swap), names)).map((row) => [...row.slice(2, 9), row[13]])).toEqual([
      ['ann@ex.co', 'Ann Lee', 'a', 'active', 'inactive', 'U0ADA', 'Ada Admin', 'C-1'],
      ['bob@ex.co', '', 'b', 'inactive', 'active', 'U0ADA', 'Ada Admin', 'C-1'],
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1+1', ' =1+1', '\u200b=1+1', '\n-1'])(
    'does not let %j start a formula',
    (reason) => {
      const cell = cells(csvLines([plainEntry(1, { reason })], names))[0]?.[11];
      expect(cell).toMatch(/^'[=+\-@]/);
    },
  );

  it('has as many cells as columns and no formula, for any data', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const lines = cells(csvLines(rowsOf(entry), names));
        expect(lines).toHaveLength(Math.max(1, entry.subjects.length));
        for (const line of lines) {
          expect(line).toHaveLength(14);
          for (const cell of line) expect(cell).not.toMatch(/^[\s\p{C}]*[=+\-@]/u);
        }
      }),
    );
  });
});
