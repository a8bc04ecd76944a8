import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { projectSources } from '../../scripts/architecture/project-sources.ts';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> };

/** `@slack/bolt` of `@slack/bolt/dist/x.js`; nothing of a file of ours or a part of Node. */
const packageOf = (target: string): string | undefined =>
  /^(?!src\/|node:)((?:@[^/]+\/)?[^/]+)/.exec(target)?.[1];

it('only what cannot be bundled is installed beside the bundle, in the version that was tested', () => {
  const { packages } = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { version: string }>;
  };
  expect(dependencies).toEqual({ libsql: packages['node_modules/libsql']?.version });
});

it('docs/deploy.md has a word on each package that the bot is made of', () => {
  const imported = [...projectSources()]
    .filter(([path]) => path.startsWith('src/'))
    .flatMap(([, { imports }]) => imports.map(({ target }) => packageOf(target)));
  const parts = new Set([...imported, ...Object.keys(dependencies)].filter((name) => name !== undefined));
  const section =
    textOf('docs/deploy.md')
      .split(/^## /m)
      .find((part) => part.startsWith('What is installed')) ?? '';
  const rows = [...section.matchAll(/^\| (`[^|]+) \| [^|]+ \|$/gm)];
  const told = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(told.toSorted()).toEqual([...parts].toSorted());
});
