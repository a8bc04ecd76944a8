import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectSources } from '../../scripts/architecture/project-sources.ts';
import { isPure } from '../../scripts/architecture/pure.ts';
import type { Sources } from '../../scripts/architecture/reach.ts';
import { readSource } from '../../scripts/architecture/read-source.ts';
import { neighbours } from '../../scripts/architecture/rooms.ts';
import { rules, violationsIn, violationsOf } from '../../scripts/architecture/rules.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = projectSources();

/** The rules that the files of `planted`, by path, break once they stand among what is there; each once, the first file's only. */
function refusals(planted: Readonly<Record<string, string>>): readonly string[] {
  const files = Object.entries(planted).map(([path, text]) => readSource(path, text));
  const all: Sources = new Map([...sources, ...files.map((file) => [file.path, file] as const)]);
  const [first] = files;
  return first === undefined ? [] : [...new Set(violationsOf(first, all).map(({ rule }) => rule))];
}

const importing = (from: string, to: string): string => {
  const up = '../'.repeat(from.split('/').length - 1);
  return `import '${up === '' ? './' : up}${to}';`;
};

const KIT = ['db', 'jobs', 'ops', 'posts', 'slack'];
const RULES = ['access', 'license'];
const ABOVE_FEATURES = ['main.ts', 'app.ts', 'cli/planted.ts', 'doctor/planted.ts', 'features.ts', 'core.ts'];
/** Folders of src that are no feature, the kit and rules aside. */
const OTHER_ROOMS = ['app', 'cli', 'config', 'core', 'doctor', 'features', 'main', 'texts', 'wallaroo'];
const foldersOfSrc = readdirSync(join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
/** Every feature that is there, and one of tomorrow, which no list knows. */
const FEATURES = [
  ...foldersOfSrc.filter((name) => ![...KIT, ...RULES, ...OTHER_ROOMS].includes(name)),
  'tomorrow',
];
const inEach = (folders: readonly string[], name = 'planted-service.ts') =>
  folders.map((folder) => `${folder}/${name}`);

it('stands in this very tree', () => {
  expect(sources.size).toBeGreaterThan(200);
  expect(violationsIn(sources)).toEqual([]);
});

it.each([
  ...Object.values(neighbours)
    .map(({ rule }) => rule)
    .slice(1),
  ...Object.values(rules),
])('the docs say: %s', (rule) => {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
    .replaceAll('`', '')
    .replace(/\s+/g, ' ');
  expect(text.includes(rule), rule).toBe(true);
});

describe('who imports whom', () => {
  const { app, cli, doctor, features, core, feature, rules: shared, texts, kit, platform, base } = neighbours;
  const refused: readonly (readonly [files: readonly string[], targets: readonly string[], rule: string])[] =
    [
      [['app.ts'], ['main.ts', 'cli/planted.ts', 'doctor/planted.ts'], app.rule],
      [['cli/planted.ts'], ['main.ts', 'app.ts', 'features.ts', 'doctor/planted.ts'], cli.rule],
      [
        ['doctor/planted.ts'],
        ['main.ts', 'app.ts', 'cli/planted.ts', 'features.ts', 'core.ts', ...inEach(FEATURES)],
        doctor.rule,
      ],
      [['features.ts'], ['main.ts', 'app.ts', 'cli/planted.ts', 'doctor/planted.ts'], features.rule],
      [['core.ts'], ['main.ts', 'app.ts', 'cli/planted.ts', 'doctor/planted.ts', 'features.ts'], core.rule],
      [inEach(FEATURES), [...ABOVE_FEATURES, 'another/planted.ts', ...inEach(FEATURES)], feature.rule],
      [
        inEach(FEATURES, 'room/deeper/planted-service.ts'),
        [...ABOVE_FEATURES, 'another/planted.ts'],
        feature.rule,
      ],
      [inEach(RULES), [...ABOVE_FEATURES, ...inEach(FEATURES)], shared.rule],
      [['texts/planted.ts'], [...ABOVE_FEATURES, ...inEach(FEATURES), ...inEach(KIT)], texts.rule],
      [
        inEach(KIT),
        [...ABOVE_FEATURES, ...inEach(FEATURES), ...inEach(RULES), 'wallaroo/planted.ts'],
        kit.rule,
      ],
      [
        ['wallaroo/planted.ts'],
        [...ABOVE_FEATURES, ...inEach(FEATURES), ...inEach(RULES), ...inEach(KIT)],
        platform.rule,
      ],
      [
        ['config.ts', 'config/planted.ts', 'errors.ts', 'planted.ts'],
        [...ABOVE_FEATURES, ...inEach(FEATURES), ...inEach(RULES), ...inEach(KIT), 'wallaroo/planted.ts'],
        base.rule,
      ],
      [
        [
          ...inEach(FEATURES),
          ...inEach(RULES),
          ...inEach(KIT),
          'texts/planted.ts',
          'wallaroo/planted.ts',
          'errors.ts',
        ],
        ['config.ts', 'config/planted.ts'],
        rules.settings,
      ],
    ];
  const cases = refused.flatMap(([files, targets, rule]) =>
    files.flatMap((file) =>
      targets
        .filter((target) => dirname(target) !== dirname(file) || !file.includes('/'))
        .map((target) => [file, target, rule] as const),
    ),
  );

  it('refuses every way up or across, in every room', () => {
    const passed = cases.filter(
      ([file, target, rule]) => !refusals({ [`src/${file}`]: importing(file, target) }).includes(rule),
    );
    expect(cases.length).toBeGreaterThan(300);
    expect(passed).toEqual([]);
  });

  it('knows every room of src', () => {
    const planted = new Set(cases.map(([file]) => file.split('/')[0]));
    const named = (folder: string) => planted.has(folder) || planted.has(`${folder}.ts`);
    // The process alone may import what it likes.
    expect(foldersOfSrc.filter((folder) => !named(folder))).toEqual(['main']);
  });

  it.each([
    "import type { A } from '../tomorrow/a.ts';",
    "import { type A } from '../tomorrow/a.ts';",
    "export { a } from '../tomorrow/a.ts';",
    "export * from '../tomorrow/a.ts';",
    "export const a = () => import('../tomorrow/a.ts');",
    "export type A = import('../tomorrow/a.ts').A;",
  ])('refuses it in whatever form: %s', (text) => {
    expect(refusals({ 'src/users/planted-service.ts': text })).toEqual([feature.rule]);
  });

  it('lets a feature import rules, kit, platform and base', () => {
    const text = ['license/seats.ts', 'slack/blocks.ts', 'db/tables.ts', 'wallaroo/user.ts', 'errors.ts']
      .map((target) => importing('tomorrow/planted-service.ts', target))
      .join('\n');
    expect(refusals({ 'src/tomorrow/planted-service.ts': text })).toEqual([]);
  });

  it.each(['sandbox/world.ts', 'test/support/bot.ts', 'bench/run.ts', 'scripts/pictures.ts'])(
    'keeps %s out of src',
    (target) => {
      for (const file of ['src/main.ts', 'src/users/planted-service.ts', 'src/slack/planted.ts'])
        expect(refusals({ [file]: importing(file, target) })).toEqual([rules.aside]);
    },
  );

  it.each(['sandbox/planted.ts', 'sandbox/page/planted.tsx'])('keeps src out of %s', (file) => {
    expect(refusals({ [file]: importing(file, 'src/errors.ts') })).toEqual([rules.sandbox]);
    expect(refusals({ [file]: "import type { A } from 'zod';" })).toEqual([]);
  });

  it.each(['src/core.ts', 'src/cli/planted.ts'])('keeps Slack out of %s, however far away', (file) => {
    const far = { 'src/users/planted-service.ts': "import '@slack/bolt';" };
    for (const text of [
      "import '@slack/web-api';",
      importing(file.slice(4), 'slack/blocks.ts'),
      importing(file.slice(4), 'users/planted-service.ts'),
    ])
      expect(refusals({ [file]: text, ...far })).toEqual([rules.withoutSlack]);
  });
});

describe('what is pure', () => {
  const impurities = [
    ...[
      'node:fs',
      'node:fs/promises',
      'node:timers/promises',
      'node:crypto',
      'fs',
      'kysely',
      'pg',
      'libsql',
      'pino',
    ],
    ...['@slack/bolt', '@slack/web-api', 'p-retry', 'openid-client', 'of-tomorrow'],
  ].map((name) => `import '${name}';`);
  const effects = [
    'Date.now()',
    'new Date()',
    'new Date',
    'Date()',
    'Math.random()',
    'performance.now()',
    'crypto.randomUUID()',
    'setTimeout(() => 1, 2)',
    'process.env.HOME',
    "fetch('https://wallaroo.example')",
    "console.log('a')",
    'globalThis.setTimeout',
    'async () => 1',
    'import(String(1))',
  ].map((expression) => `export const planted = ${expression};`);
  const reaches = [
    "import { connect } from '../db/connect.ts';",
    "import './planted-store.ts';",
    "import './far.ts';",
    "export { a } from './far.ts';",
  ];
  const beside = (folder: string) => ({
    [`src/${folder}/planted-store.ts`]: 'export const kept = 1;',
    [`src/${folder}/far.ts`]: "import './farther.ts'; export const a = 1;",
    [`src/${folder}/farther.ts`]: 'export const at = () => Date.now();',
  });

  it.each([...FEATURES, ...RULES, 'texts'].map((folder) => `src/${folder}/planted.ts`))(
    'refuses all that is not in %s',
    (file) => {
      const folder = file.split('/')[1] ?? '';
      const passed = [...impurities, ...effects, ...reaches].filter(
        (text) => !refusals({ [file]: text, ...beside(folder) }).includes(rules.pure),
      );
      expect(passed).toEqual([]);
    },
  );

  it.each([
    ...foldersOfSrc.flatMap((folder) =>
      ['views', 'ids', 'text', 'texts'].map((part) => `src/${folder}/planted-${part}.ts`),
    ),
    'src/changes/apply/planted-views.ts',
    'src/changes/announce/planted-views.ts',
    'src/changes/ask/planted.ts',
    'src/changes/confirm/planted.ts',
    'src/changes/decide/planted.ts',
  ])('refuses it in %s', (file) => {
    const passed = [...impurities, ...effects].filter(
      (text) => !refusals({ [file]: text }).includes(rules.pure),
    );
    expect(passed).toEqual([]);
  });

  it('refuses it in every pure file that is there', () => {
    const pure = [...sources.keys()].filter((path) => path.startsWith('src/') && isPure(path));
    const passed = pure.filter((path) => {
      const text = `${readFileSync(join(root, path), 'utf8')}\nimport 'node:fs';`;
      return !refusals({ [path]: text }).includes(rules.pure);
    });
    expect(pure.length).toBeGreaterThan(50);
    expect(passed).toEqual([]);
  });

  it.each(
    ['store', 'service', 'handlers', 'posts', 'facts', 'parts'].map(
      (part) => `src/tomorrow/planted-${part}.ts`,
    ),
  )('lets %s meet the world', (file) => {
    expect(refusals({ [file]: "import 'node:fs'; export const at = async () => Date.now();" })).toEqual([]);
  });

  it('lets a kind of step wait for what it is handed, and for nothing else', () => {
    const waiting = 'export const perform = async (platform) => { await platform.write(); };';
    expect(refusals({ 'src/changes/steps/planted.ts': waiting })).toEqual([]);
    expect(
      refusals({
        'src/changes/planted-views.ts': "import './steps/planted.ts';",
        'src/changes/steps/planted.ts': waiting,
      }),
    ).toEqual([]);
    for (const text of [...impurities, 'export const at = Date.now();'])
      expect(refusals({ 'src/changes/steps/planted.ts': text })).toEqual([rules.pure]);
  });

  it('lets what is pure compute with the time that it is given, and name types of anything of ours', () => {
    const text = `
      import type { Db } from '../db/tables.ts';
      import { Cron } from 'croner';
      export const next = (pattern: string, now: Date, db?: Db) => [new Cron(pattern).nextRun(now), new Date(now), db];`;
    expect(refusals({ 'src/tomorrow/planted.ts': text })).toEqual([]);
  });
});

it('refuses a tree whose files are more often big than small', () => {
  const big = Object.fromEntries(
    Array.from({ length: sources.size }, (_, at) => [`src/planted-${at}.ts`, 'export {};\n'.repeat(61)]),
  );
  const files = Object.entries(big).map(([path, text]) => [path, readSource(path, text)] as const);
  expect(violationsIn(new Map([...sources, ...files])).map(({ rule }) => rule)).toEqual([rules.small]);
});

describe('what Biome checks', () => {
  const longFile = Array.from({ length: 201 }, (_, at) => `export const line${at} = ${at};`).join('\n');
  const longFunction = `export function long(list: number[]): void {\n${'  list.push(1);\n'.repeat(51)}}`;
  const planted: readonly (readonly [rule: string, path: string, text: string])[] = [
    ['style/noExcessiveLinesPerFile', 'src/users/long-file.ts', longFile],
    ['complexity/noExcessiveLinesPerFunction', 'src/users/long-function.ts', longFunction],
    [
      'suspicious/noImportCycles',
      'src/users/round.ts',
      "import type { B } from './about.ts';\nexport type A = B | 1;",
    ],
    [
      'suspicious/noImportCycles',
      'src/users/about.ts',
      "import type { A } from './round.ts';\nexport type B = A | 2;",
    ],
    ['performance/noBarrelFile', 'src/users/barrel.ts', "export { line1 } from './long-file.ts';"],
    ['performance/noReExportAll', 'src/users/whole.ts', "export * from './long-file.ts';"],
    ['style/noProcessEnv', 'src/users/environment.ts', 'export const home = process.env.HOME;'],
  ];

  it('excepts no file of src from the limits of size', () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    const limits = ['noExcessiveLinesPerFunction', 'noExcessiveLinesPerFile'];
    const excepted = overrides.filter((override: { readonly includes: readonly string[] }) => {
      const text = JSON.stringify(override);
      return text.includes('"off"') && limits.some((limit) => text.includes(limit));
    });
    expect(excepted).toEqual([]);
  });

  it('refuses files and functions that are too long, cycles, barrels, and the environment', () => {
    const folder = mkdtempSync(join(tmpdir(), 'planted-'));
    try {
      for (const name of ['biome.json', '.gitignore']) copyFileSync(join(root, name), join(folder, name));
      for (const [, path, text] of planted) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
      const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=200', '.'];
      const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      const found = JSON.parse(stdout).diagnostics as readonly {
        readonly category: string;
        readonly severity: string;
        readonly location: { readonly path: unknown };
      }[];
      const refused = found
        .filter(({ severity }) => severity === 'error')
        .map(({ category, location }) => `${category} ${JSON.stringify(location.path)}`);
      for (const [rule, path] of planted)
        expect(
          refused.some((line) => line.startsWith(`lint/${rule} `) && line.includes(path)),
          `${rule} in ${path}`,
        ).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
