import { stringify } from 'csv-stringify/sync';
import { CommandError, EXIT } from './exit-codes.ts';
import { printable } from './plain.ts';
import { drawTable } from './table.ts';
import type { Terminal } from './terminal.ts';

/** What JSON holds. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** One thing that is told of each record, under this name in JSON and CSV. */
export interface Field<T> {
  readonly name: string;
  readonly value: (record: T) => Value | undefined;
  /** Heading of its column; absent: it is left out of tables. */
  readonly heading?: string;
  /** As a table shows it. @default the value as text */
  readonly cell?: (record: T) => string;
}

export interface FormatOptions {
  /** Names of fields, separated by commas; `true`: which are there. */
  readonly json?: string | true;
  readonly csv?: boolean;
}

/** Whether a program reads the output: JSON or CSV. */
export const asksForData = ({ json, csv }: FormatOptions): boolean => csv === true || json !== undefined;

/** Writes records as asked for: JSON, CSV, a table on a terminal, and lines of cells with tabs between into a pipe. */
export function writeRecords<T>(
  terminal: Terminal,
  fields: readonly Field<T>[],
  records: readonly T[],
  { json, csv }: FormatOptions,
): void {
  if (csv) terminal.out(csvOf(fields, records));
  else if (typeof json === 'string') terminal.out(asJson(records.map(chosen(fields, json))));
  else terminal.out(tableOf(terminal, fields, records));
}

/** Writes one record as asked for: JSON, CSV, or a line for each field. */
export function writeRecord<T>(
  terminal: Terminal,
  fields: readonly Field<T>[],
  record: T,
  { json, csv }: FormatOptions,
): void {
  if (csv) terminal.out(csvOf(fields, [record]));
  else if (typeof json === 'string') terminal.out(asJson(chosen(fields, json)(record)));
  else terminal.out(linesOf(fields, record));
}

function linesOf<T>(fields: readonly Field<T>[], record: T): string {
  const shown = fields.filter(({ heading }) => heading !== undefined);
  const width = Math.max(...shown.map(({ heading = '' }) => heading.length));
  const lines = shown.map((field) => [(field.heading ?? '').padEnd(width), cellOf(field, record) || '–']);
  return lines.map((line) => `${line.join('  ')}\n`).join('');
}

/** Makes of a record what JSON has of it. */
function chosen<T>(fields: readonly Field<T>[], json: string): (record: T) => Value {
  const picked = chosenFields(fields, json);
  return (record) => objectOf(picked, record);
}

/** Whether `--json` alone was given: then the fields are told, one a line. */
export function tellsFields<T>(
  terminal: Terminal,
  fields: readonly Field<T>[],
  { json }: FormatOptions,
): boolean {
  if (typeof json === 'string') chosenFields(fields, json);
  if (json !== true) return false;
  terminal.out(fields.map(({ name }) => `${name}\n`).join(''));
  return true;
}

function chosenFields<T>(fields: readonly Field<T>[], json: string): readonly Field<T>[] {
  const names = json.split(',').map((name) => name.trim());
  return names.map((name) => {
    const field = fields.find((known) => known.name === name);
    if (field !== undefined) return field;
    const known = fields.map((each) => each.name).join(', ');
    throw new CommandError(EXIT.usage, `There is no field "${printable(name)}". The fields are: ${known}`);
  });
}

/** A record as JSON has it. */
export const objectOf = <T>(fields: readonly Field<T>[], record: T): Value =>
  Object.fromEntries(fields.map(({ name, value }) => [name, value(record) ?? null]));

/** JSON leaves the controls from U+007F on as they are, and a terminal obeys them. */
const asJson = (value: Value): string =>
  `${JSON.stringify(value, null, 2).replace(/[\u007f-\u009f]/g, (it) => `\\u00${it.charCodeAt(0).toString(16)}`)}\n`;

const textOf = (value: Value | undefined): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const cellOf = <T>({ cell, value }: Field<T>, record: T): string =>
  printable(cell === undefined ? textOf(value(record)) : cell(record));

/** No cell can start a formula, whatever people are called (OWASP: CSV injection). */
const csvOf = <T>(fields: readonly Field<T>[], records: readonly T[]): string =>
  stringify(
    [
      fields.map(({ name }) => name),
      ...records.map((record) => fields.map(({ value }) => printable(textOf(value(record))))),
    ],
    { escape_formulas: true },
  );

function tableOf<T>(terminal: Terminal, fields: readonly Field<T>[], records: readonly T[]): string {
  const shown = fields.filter(({ heading }) => heading !== undefined);
  const rows = records.map((record) => shown.map((field) => cellOf(field, record)));
  if (terminal.columns === undefined) return rows.map((cells) => `${cells.join('\t')}\n`).join('');
  // That there is none is said; a heading alone would say nothing.
  if (rows.length === 0) return '';
  const headings = shown.map(({ heading = '' }) => heading);
  return drawTable(headings, rows, { columns: terminal.columns, hasColor: terminal.hasColor });
}
