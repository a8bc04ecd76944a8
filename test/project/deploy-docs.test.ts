import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('docs/deploy.md has a word on each package that the bot is made of', () => {
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> };
  const section =
    textOf('docs/deploy.md')
      .split(/^## /m)
      .find((part) => part.startsWith('What is installed')) ?? '';
  const rows = [...section.matchAll(/^\| (`[^|]+) \| [^|]+ \|$/gm)];
  const told = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(told.toSorted()).toEqual(Object.keys(dependencies).toSorted());
});
