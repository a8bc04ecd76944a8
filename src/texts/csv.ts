import { stringify } from 'csv-stringify/sync';

type Cells = readonly (string | undefined)[];

/** The names of the columns behind the byte order mark, by which spreadsheets tell UTF-8. */
export const csvHeading = (names: readonly string[]): string => write([names], true);

/** Lines of a table. No cell can start a formula, whatever people typed (OWASP: CSV injection). */
export const csvRows = (rows: readonly Cells[]): string =>
  write(
    rows.map((cells) => cells.map((cell) => withoutLead(cell ?? ''))),
    false,
  );

const write = (rows: readonly (readonly string[])[], bom: boolean): string =>
  stringify(
    rows.map((row) => [...row]),
    { bom, escape_formulas: true, quoted: true, quoted_empty: true, record_delimiter: 'windows' },
  );

/** Spreadsheets skip what is invisible at the start of a cell, so a formula could follow it. */
const withoutLead = (text: string): string => text.replace(/^[\s\p{C}]+/u, '');
