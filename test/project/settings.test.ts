import { readFileSync } from 'node:fs';
import { parse as parseEnv } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { settings } from '../../src/config/settings.ts';

type Name = keyof typeof settings;
const names = Object.keys(settings) as Name[];
const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const example = textOf('.env.example');
const rows = [...section(textOf('README.md'), 'Settings').matchAll(/^\| `([A-Z_]+)` \| (.+?) \| .+ \|$/gm)];
const readmeDefaults = new Map(rows.map(([, name, cell]) => [name as Name, cell ?? '']));

function section(markdown: string, title: string): string {
  return markdown.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
}

/** What the bot uses when the setting is left out; `undefined` for required and for optional ones alike. */
function defaultOf(name: Name): unknown {
  const parsed = settings[name].schema.safeParse(undefined);
  return parsed.success ? parsed.data : undefined;
}

const isRequired = (name: Name): boolean => !settings[name].schema.safeParse(undefined).success;

/** Whether leaving it out means nothing at all, or another setting's value. */
const hasNone = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);

describe('.env.example', () => {
  const lines = [...example.matchAll(/^(# )?([A-Z_]+)=(.*)$/gm)].map(([, mark, name, value]) => ({
    commentedOut: mark !== undefined,
    name: name as Name,
    value: value ?? '',
  }));

  it('has every setting once, in the order of the code', () => {
    expect(lines.map(({ name }) => name)).toEqual(names);
  });

  it.each(lines)('shows the default of $name', ({ name, value }) => {
    const fallback = defaultOf(name);
    if (hasNone(fallback)) expect(value).toBe('');
    else expect(settings[name].schema.parse(value)).toEqual(fallback);
  });

  it('leaves open to fill in what is required, and Socket Mode as the usual way', () => {
    const open = lines.filter(({ commentedOut }) => !commentedOut).map(({ name }) => name);
    expect(open).toEqual(names.filter((name) => isRequired(name) || name === 'SLACK_APP_TOKEN'));
  });

  it('is a file that dotenv reads', () => {
    expect(Object.values(parseEnv(example)).every((value) => value === '')).toBe(true);
  });

  it('shows a password in single quotes of which dotenv, as Compose, takes every letter as it stands', () => {
    const [, line = '', password] = /(WALLAROO_PASSWORD='(.+)')/.exec(example) ?? [];
    expect(password).toMatch(/#.*\$/);
    expect(parseEnv(line)).toEqual({ WALLAROO_PASSWORD: password });
  });
});

describe("README's table of settings", () => {
  it('has every setting once, in the order of the code', () => {
    expect([...readmeDefaults.keys()]).toEqual(names);
  });

  it.each(names)('shows the default of %s', (name) => {
    const cell = readmeDefaults.get(name) ?? '';
    const fallback = defaultOf(name);
    expect(cell === 'required').toBe(isRequired(name));
    if (hasNone(fallback)) expect(parsedCell(name, cell)).toBeUndefined();
    else expect(parsedCell(name, cell)).toEqual(fallback);
  });

  /** The cell's value as the setting reads it; `undefined` for words, and for the name of another setting. */
  function parsedCell(name: Name, cell: string): unknown {
    const [, value] = /^`([^`]+)`$/.exec(cell) ?? [];
    if (value === undefined || names.includes(value as Name)) return undefined;
    return settings[name].schema.parse(value);
  }
});
