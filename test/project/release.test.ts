import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  readonly needs?: string | readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly include: readonly Readonly<Record<string, string>>[] } };
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

describe('a release', () => {
  const jobs = (parse(textOf('.github/workflows/release.yml')) as Workflow).jobs;
  const stepOf = (job: string, id: string): Step => {
    const step = jobs[job]?.steps.find((it) => it.id === id);
    if (step === undefined) throw new Error(`${job} has no step ${id}`);
    return step;
  };
  const needsOf = (job: string): readonly string[] => [jobs[job]?.needs ?? []].flat();
  let folder = '';

  beforeAll(async () => {
    folder = await scratchFolder('chatops-release-');
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What a step's commands write to its outputs; `docker` only tells how it was called. */
  async function outputsOf({ run = '', env: asked = {} }: Step, env: Readonly<Record<string, string>>) {
    expect(Object.keys(asked)).toEqual(Object.keys(env));
    const output = join(folder, 'output');
    await writeFile(output, '');
    const docker =
      'docker() { [ "$3" = inspect ] && echo sha256:joined || echo "called=$*" >> "$GITHUB_OUTPUT"; }';
    const options = { env: { ...env, GITHUB_OUTPUT: output } };
    execFileSync('bash', ['--norc', '-ec', `${docker}\n${run}`], options);
    const lines = readFileSync(output, 'utf8').trim().split('\n');
    return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) as Record<
      string,
      string
    >;
  }

  it('names the image as the chart asks for it', async () => {
    const naming = { REPOSITORY: 'Team/Chatops', TAG: `v${version}` };
    expect(await outputsOf(stepOf('package', 'name'), naming)).toEqual({
      image: 'ghcr.io/team/chatops',
      version,
    });
    expect(stepOf('image', 'build').with?.['build-args']).toContain(
      `VERSION=\${{ needs.package.outputs.version }}\n`,
    );
  });

  it('builds each architecture on a machine of its own kind, and joins all of them under the version', async () => {
    const include = jobs.image?.strategy?.matrix.include ?? [];
    const machines = { amd64: 'ubuntu-24.04', arm64: 'ubuntu-24.04-arm' };
    expect(Object.fromEntries(include.map((it) => [it.architecture, it.machine]))).toEqual(machines);
    const made = include.map(async ({ architecture = '' }) =>
      outputsOf(stepOf('image', 'digest'), { ARCHITECTURE: architecture, DIGEST: `sha256:${architecture}` }),
    );
    for (const outputs of await Promise.all(made))
      expect(Object.keys(jobs.image?.outputs ?? {})).toEqual(expect.arrayContaining(Object.keys(outputs)));
    const joined = { IMAGE: 'ghcr.io/team/chatops', VERSION: version, AMD64: 'sha256:a', ARM64: 'sha256:b' };
    expect(await outputsOf(stepOf('join', 'join'), joined)).toEqual({
      called: `buildx imagetools create --tag ghcr.io/team/chatops:${version} ghcr.io/team/chatops@sha256:a ghcr.io/team/chatops@sha256:b`,
      digest: 'sha256:joined',
    });
  });

  it('is seen by nobody before package and image are there', () => {
    expect(needsOf('image')).toEqual(['package']);
    expect(needsOf('join')).toEqual(['package', 'image']);
    expect(needsOf('release')).toEqual(['join']);
    const told = (job: string) => (jobs[job]?.steps ?? []).map(({ run = '' }) => run).join('\n');
    expect(told('package')).toMatch(/gh release create .* --draft /);
    expect(told('release')).toContain('--draft=false');
  });
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
