import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mailReasons } from '../../src/wallaroo/mail-reasons.ts';
import { sentences } from '../../src/wallaroo/sentences.ts';
import { addToWorkspace } from '../changes/steps/add-to-workspace.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = textOf('README.md');

const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path));

describe("README's table of commands", () => {
  /** Every subcommand as its help shows it. */
  const usages = filesUnder('src', '-handlers.ts').flatMap((path) => {
    const code = textOf(path);
    const written = [...code.matchAll(/\busage: '([^']+)'/g)];
    const passed = [...code.matchAll(/\bsubcommand\(\s*'\w+',\s*'([^']+)'/g)];
    return [...written, ...passed].map(([, usage]) => usage ?? '');
  });
  const administratorsOnly = filesUnder('src', '-handlers.ts').flatMap((path) =>
    [...textOf(path).matchAll(/usage: '([^']+)',\s*about: '[^']*',\s*needs: 'administrator'/g)].map(
      ([, usage]) => usage ?? '',
    ),
  );
  const rows = [...readme.matchAll(/^\| `\/wallaroo (.+?)` \| (\w+) \| .+ \|$/gm)].map(([, usage, who]) => ({
    usage: usage?.replaceAll('\\|', '|') ?? '',
    who,
  }));

  it('has exactly the commands that the code answers', () => {
    expect(usages.length).toBeGreaterThan(8);
    expect(rows.map(({ usage }) => usage).sort()).toEqual(usages.toSorted());
  });

  it('names the same ones as the hint in manifest.yml', () => {
    const hint = /usage_hint: "\[(.+)\]"/.exec(textOf('manifest.yml'))?.[1] ?? '';
    const nameIn = (usage: string) => usage.split(' ')[0] ?? '';
    expect(hint.split(' | ').map(nameIn).sort()).toEqual(usages.map(nameIn).sort());
  });

  it('tells which are for administrators', () => {
    const told = rows.filter(({ who }) => who === 'administrator').map(({ usage }) => usage);
    expect(told.sort()).toEqual(administratorsOnly.toSorted());
  });
});

describe('docs/architecture.md', () => {
  const [, section = ''] = textOf('docs/architecture.md').split('## How to add a kind of step\n');
  const [said = ''] = section.split('\n## ');

  it('tells of every part of a kind of step, and of no other', () => {
    const told = [...said.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, part]) => part),
    );
    expect(told.toSorted()).toEqual(Object.keys(addToWorkspace).toSorted());
  });

  it('shows the toy as it is', () => {
    const [, shown = ''] = /```ts\n([\s\S]+?)```/.exec(said) ?? [];
    expect(shown).not.toBe('');
    expect(textOf('test/changes/steps/add-to-workspace.ts')).toContain(shown.replaceAll(/^(?=.)/gm, '  '));
  });
});

describe('docs/troubleshooting.md', () => {
  const text = textOf('docs/troubleshooting.md');

  it.each(Object.entries(sentences))('has the sentence of %s, as people see it', (_, { userMessage }) => {
    expect(text).toContain(`**${userMessage}**`);
  });

  it.each(Object.entries(mailReasons))('has what is said of a mail that did not go out: %s', (_, reason) => {
    expect(text).toContain(`**${reason}**`);
  });
});

describe('the links', () => {
  const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesUnder('docs', '.md')];
  const links = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => ({ page, link: link ?? '' })),
  );
  const local = links.filter(({ link }) => !/^https?:/.test(link));

  /** The name of a heading in an address, as code hosts make it. */
  const anchorsOf = (path: string): string[] =>
    [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      (title ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    );

  it.each(local)('$link in $page leads somewhere', ({ page, link }) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    expect(existsSync(join(root, target))).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(target)).toContain(anchor);
  });
});
