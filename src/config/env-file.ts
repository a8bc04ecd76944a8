import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { SECRET_SETTINGS } from './secrets.ts';

/** Something about the settings that may be wrong. It stops nothing. */
export interface SettingWarning {
  /** The setting, or `.env`. */
  readonly name: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The file `.env` as it was found. */
export interface EnvFile {
  readonly path: string;
  readonly isThere: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly warnings: readonly SettingWarning[];
}

const NAMED_LINE = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*(.*)$/;

/** Reads `.env` in this folder; one that is not there is an empty one. */
export function readEnvFile(folder: string): EnvFile {
  const path = resolve(folder, '.env');
  const found = (isThere: boolean, text: string, warnings: readonly SettingWarning[]): EnvFile => ({
    path,
    isThere,
    values: parse(text),
    warnings,
  });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return found(false, '', []);
    return found(true, '', [
      { name: '.env', problem: `${path} cannot be read: ${error.code}`, remedy: 'let the bot read it' },
    ]);
  }
  if (text.includes('\0'))
    return found(true, '', [
      { name: '.env', problem: `${path} is not in UTF-8`, remedy: 'save it as UTF-8 without BOM' },
    ]);
  return found(true, text, [...cutValues(text), ...namedTwice(text)]);
}

/** Values that end at a `#`, which begins a comment wherever it stands outside of quotes. */
function cutValues(text: string): readonly SettingWarning[] {
  return namedLines(text).flatMap(({ name, value }) => {
    if (/^["'`]/.test(value)) return [];
    const isSecret = SECRET_SETTINGS.some((secret) => secret === name);
    // ` # …` behind a value is a comment of old; of a secret nobody knows.
    const cut = isSecret ? /#/.test(value) : /^#\S|\S#/.test(value);
    if (!cut) return [];
    return [
      {
        name,
        problem: 'its value in .env ends before a #, where a comment begins',
        remedy: `if the # is a part of it, write ${name}='…' with quotes`,
      },
    ];
  });
}

function namedTwice(text: string): readonly SettingWarning[] {
  const names = namedLines(text).map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
    name,
    problem: 'is set more than once in .env, and the last one counts',
    remedy: 'keep one of them',
  }));
}

const namedLines = (text: string): readonly { readonly name: string; readonly value: string }[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const [, name, value = ''] = NAMED_LINE.exec(line) ?? [];
    return name === undefined ? [] : [{ name, value }];
  });
