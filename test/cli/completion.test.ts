import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EXIT_WORDS } from '../../src/cli/exit-codes.ts';
import type { Handlers } from '../../src/cli/handlers.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { COMMANDS, wishOf } from '../../src/usage.ts';
import { built } from '../support/built.ts';
import { scratchFolder } from '../support/scratch.ts';
import { run } from './run-command.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal takes for orders
const ESCAPES = /\u001b\[[?0-9;]*[a-zA-Z]|\r/g;

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const program = buildProgram({} as Handlers, () => undefined);
const mine = program.commands.filter((command) => !['start', 'doctor'].includes(command.name()));

interface Named {
  /** `workspace add` */
  readonly path: string;
  readonly command: Command;
}
const withCommands = (command: Command, before: readonly string[] = []): readonly Named[] => {
  const words = [...before, command.name()];
  return [{ path: words.join(' '), command }, ...command.commands.flatMap((sub) => withCommands(sub, words))];
};
/** Commands of commands among them. */
const ours = mine.flatMap((command) => withCommands(command));

/** `users [words...]`: a command with its arguments, as the README writes it. */
const usages = ours.map(({ path, command }) => {
  const args = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [path, ...args].join(' ');
});

describe('help and README', () => {
  const rows = [...readme.matchAll(/^\| `wallaroo-chatops (.+?)` \| (.+) \|$/gm)].map(([, usage, about]) => ({
    usage: usage?.replaceAll('\\|', '|') ?? '',
    about: about ?? '',
  }));

  it('tell of the same commands, each with what it does', () => {
    expect(rows.map(({ usage }) => usage).sort()).toEqual(usages.toSorted());
    for (const { path, command } of ours) {
      const row = rows.find(({ usage }) => usage.replace(/ [<[].*$/, '') === path);
      expect(row?.about, path).toContain(command.description());
    }
  });

  it('tell of the same options', () => {
    const section = readme.slice(readme.indexOf('## The command line'), readme.indexOf('## Set up'));
    const options = new Set(ours.flatMap(({ command }) => command.options.map(({ long }) => long ?? '')));
    expect([...options].filter((option) => !section.includes(`\`${option}`))).toEqual([]);
    const told = new Set([...section.matchAll(/`(--[a-z-]+)/g)].map(([, option]) => option ?? ''));
    expect([...told].filter((option) => !options.has(option))).toEqual([]);
  });

  it('say of the doctor and of a denial what they take', () => {
    const flags = (name: string) =>
      program.commands.find((command) => command.name() === name)?.options.map(({ flags }) => flags);
    expect(flags('doctor')).toEqual(['--json']);
    const deny = program.commands.find((command) => command.name() === 'deny');
    expect(deny?.options.find(({ long }) => long === '--reason')?.description).toContain('needs it');
  });

  it('tell of the same exit codes', () => {
    const told = [...readme.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code, words]) => [code, words]);
    expect(told).toEqual(Object.entries(EXIT_WORDS));
  });

  it('every command has examples', () => {
    for (const { path, command } of ours) {
      let text = '';
      command
        .configureOutput({
          writeOut: (written) => {
            text += written;
          },
        })
        .outputHelp();
      expect(text, path).toMatch(/Examples:\n {2}\S/);
    }
  });

  it('the process sends each of them to the command line', () => {
    expect(mine.map((command) => command.name()).sort()).toEqual(COMMANDS.toSorted());
    for (const name of COMMANDS) {
      expect(wishOf([name]).kind).toBe('command');
      expect(wishOf(['help', name])).toEqual({ kind: 'command', argv: ['help', name] });
    }
    expect(wishOf(['help', 'workspace', 'add'])).toEqual({
      kind: 'command',
      argv: ['help', 'workspace', 'add'],
    });
    expect([wishOf([]).kind, wishOf(['start']).kind, wishOf(['doctor', '--json']).kind]).toEqual([
      'start',
      'start',
      'doctor',
    ]);
  });
});

describe('completion', () => {
  beforeAll(built);

  const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

  /** The script for a shell, in a file. */
  const written = async (shell: string): Promise<string> => {
    const folder = await scratchFolder('chatops-completion-');
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, `script.${shell}`);
    await writeFile(path, (await run(['completion', shell], {})).stdout);
    return path;
  };

  it('completes commands and options in bash', async () => {
    const { stdout } = await run(['completion', 'bash'], {});
    const complete = (...words: readonly string[]): string[] => {
      const list = words.map((word) => `'${word}'`).join(' ');
      const ask = `COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _wallaroo_chatops; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', `${stdout}\n${ask}`], { encoding: 'utf8' })
        .trim()
        .split('\n');
    };
    expect(complete('wallaroo-chatops', 'de')).toEqual(['deactivate', 'deny']);
    expect(complete('wallaroo-chatops', 'users', '--')).toEqual(['--json', '--csv', '--state', '--help']);
    expect(complete('wallaroo-chatops', 'completion', 'f')).toEqual(['fish']);
    expect(complete('wallaroo-chatops', 'workspace', '')).toEqual([
      ...['add', 'remove'],
      ...['--json', '--csv', '--help'],
    ]);
    expect(complete('wallaroo-chatops', 'workspace', 'add', 'fraud', '--r')).toEqual(['--reason', '--role']);
    expect(complete('wallaroo-chatops', 'workspace', 'fraud', '--')).toEqual(['--json', '--csv', '--help']);
    expect(complete('wallaroo-chatops', 'help', 'sw')).toEqual(['swap']);
    expect(complete('wallaroo-chatops', 'users', '--state', 'in')).toEqual(['inactive']);
    expect(complete('wallaroo-chatops', 'users', '--state', '=', 'i')).toEqual(['inactive', 'idle']);
    expect(complete('wallaroo-chatops', 'users', '--state', '=')).toHaveLength(5);
    expect(complete('wallaroo-chatops', 'workspace', 'add', 'fraud', 'mia', '--role', '')).toEqual([
      'owner',
      'collaborator',
    ]);
    // Of a reason nobody knows a word, and after `--json` there need not be any.
    expect(complete('wallaroo-chatops', 'deactivate', 'steve', '--reason', '')).toEqual(['']);
    expect(complete('wallaroo-chatops', 'users', '--json', '--st')).toEqual(['--state']);
    expect(complete('wallaroo-chatops', 'deactivate', '--new-owner', 'fraud', '=')).toEqual(['']);
  });

  for (const shell of ['zsh', 'fish'].filter((name) => !has(name)))
    process.stderr.write(`\n!!! This machine has no ${shell}: ITS COMPLETION IS NOT TRIED.\n\n`);

  /** What a shell offers behind a line. */
  const LINES: readonly (readonly [line: string, offered: readonly string[]])[] = [
    ['de', ['deactivate', 'deny']],
    ['deactivate steve --re', ['--reason']],
    ['deactivate --reason x --new-owner a=b --ne', ['--new-owner']],
    ['deactivate --l', ['--leave-without-owner']],
    ['workspace ', ['add', 'remove']],
    ['workspace add fraud --r', ['--reason', '--role']],
    ['workspace fraud --', ['--csv', '--help', '--json']],
    ['users --state in', ['inactive']],
    ['workspace add fraud mia --role ', ['collaborator', 'owner']],
    ['completion ', ['bash', 'fish', 'zsh']],
    ['help sw', ['swap']],
  ];

  it.skipIf(!has('zsh'))('completes commands, options and values in zsh', async () => {
    const script = await written('zsh');
    for (const [line, offered] of LINES) {
      const argv = ['-f', pathOf('complete-in-zsh.zsh'), script, `wallaroo-chatops ${line}`];
      const shown = execFileSync('zsh', argv, { encoding: 'utf8' });
      const listed = shown
        .slice(shown.lastIndexOf('LISTED'))
        .replace(ESCAPES, '')
        .split('wallaroo-chatops')[0];
      const words = offered.filter((word) => new RegExp(`(?:^|\\s)${word}(?:\\s|$)`).test(listed ?? ''));
      expect(words, line).toEqual(offered);
    }
  });

  it.skipIf(!has('fish'))('completes commands, options and values in fish', async () => {
    const script = await written('fish');
    for (const [line, offered] of LINES) {
      const ask = `source '${script}'; complete -C 'wallaroo-chatops ${line}'`;
      const shown = execFileSync('fish', ['--no-config', '-c', ask], { encoding: 'utf8' });
      const words = shown.split('\n').map((row) => row.split('\t')[0]);
      expect(words.filter((word) => word !== '').sort(), line).toEqual(offered);
    }
  });

  it.each([
    ['zsh', ({ path }: Named) => `\n    '${path}') `],
    ['fish', ({ command }: Named) => ` -a ${command.name()} -d '`],
  ])('writes a script that %s reads', async (shell, lineOf) => {
    const { stdout } = await run(['completion', shell], {});
    for (const named of ours) expect(stdout).toContain(lineOf(named));
    if (has(shell)) execFileSync(shell, ['-n', await written(shell)]);
  });
});
