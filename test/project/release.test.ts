import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { version, engines } = JSON.parse(textOf('package.json')) as {
  version: string;
  engines: { node: string };
};

it('the version is the same everywhere, and told in the changelog', () => {
  expect(parse(textOf('deploy/chart/Chart.yaml'))).toMatchObject({ version, appVersion: version });
  expect((JSON.parse(textOf('package-lock.json')) as { version: string }).version).toBe(version);
  expect(/^## (\S+)/m.exec(textOf('CHANGELOG.md'))?.[1]).toBe(version);
  for (const [, told] of textOf('docs/deploy.md').matchAll(/wallaroo-chatops[:-](\d+\.\d+\.\d+)/g))
    expect(told).toBe(version);
});

it('tests run on the oldest Node that will do, and on the one in the image', () => {
  const matrix = /node: \[(.+)\]/.exec(textOf('.github/workflows/test.yml'))?.[1]?.split(', ') ?? [];
  expect(matrix).toContain(/\d+/.exec(engines.node)?.[0]);
  expect(matrix).toContain(/^FROM node:(\d+)-slim$/m.exec(textOf('Dockerfile'))?.[1]);
  expect(textOf('.ci/run')).toContain('node@24');
});

it('no lockfile names where packages come from', () => {
  expect(textOf('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/registry/);
});
