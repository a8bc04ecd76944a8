import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { scratchFolder } from '../support/scratch.ts';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { version, engines } = JSON.parse(textOf('package.json')) as {
  version: string;
  engines: { node: string };
};

interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly needs?: string;
  readonly steps: readonly Step[];
}
interface Step {
  readonly id?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

it('the version is the same everywhere, and told in the changelog', () => {
  expect(parse(textOf('deploy/chart/Chart.yaml'))).toMatchObject({ version, appVersion: version });
  expect((JSON.parse(textOf('package-lock.json')) as { version: string }).version).toBe(version);
  expect(/^## (\S+)/m.exec(textOf('CHANGELOG.md'))?.[1]).toBe(version);
  for (const [, told] of textOf('docs/deploy.md').matchAll(/wallaroo-chatops[:-](\d+\.\d+\.\d+)/g))
    expect(told).toBe(version);
});

it('a release pushes the image under the version that the chart asks for, once the package is there', async () => {
  const { image } = (parse(textOf('.github/workflows/release.yml')) as Workflow).jobs;
  expect(image?.needs).toBe('package');
  const folder = await scratchFolder('chatops-release-');
  const env = { REPOSITORY: 'Team/Chatops', TAG: `v${version}`, GITHUB_OUTPUT: join(folder, 'output') };
  const naming = image?.steps.find(({ id }) => id === 'name');
  expect(Object.keys({ ...naming?.env, GITHUB_OUTPUT: '' })).toEqual(Object.keys(env));
  execFileSync('bash', ['--norc', '-ec', naming?.run ?? ''], { env });
  const lines = readFileSync(env.GITHUB_OUTPUT, 'utf8').trim().split('\n');
  const outputs = new Map(lines.map((line) => line.split('=') as [string, string]));
  await rm(folder, { recursive: true });
  const built = image?.steps.find(({ id }) => id === 'build')?.with ?? {};
  const filled = (text = '') =>
    text.replaceAll(/\$\{\{ steps\.name\.outputs\.(\w+) \}\}/g, (_, name) => outputs.get(name) ?? '');
  expect(filled(built.tags)).toBe(`ghcr.io/team/chatops:${version}`);
  expect(filled(built['build-args'])).toContain(`VERSION=${version}\n`);
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
