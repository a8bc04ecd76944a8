import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { valueIn } from '../contract/tools/run.ts';
import { check, checkWith } from './tools/checker.ts';

const UNIT = 'deploy/wallaroo-chatops.service';
/** From 0 to 10, by systemd's own measure: up to 2 it calls *OK*. */
const MOST_EXPOSED = 1.5;

const textOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

const bin = valueIn(inject('checkers'));
const checkovBin = valueIn(inject('checkov'));
const systemdAnalyze = valueIn(inject('systemdAnalyze')) ?? '';

describe('the Dockerfile', () => {
  test.skipIf(bin === undefined)('has no fault that hadolint knows', async () => {
    expect(await check(join(bin ?? '', 'hadolint'), ['Dockerfile'])).toMatchObject({ code: 0, said: '' });
  });

  test.skipIf(checkovBin === undefined)('has no weakness that Checkov knows', async () => {
    const args = [
      '--file',
      'Dockerfile',
      '--framework',
      'dockerfile',
      '--compact',
      '--quiet',
      '--skip-download',
    ];
    const { code, said } = await checkWith(checkovBin, 'checkov', args);
    expect(said).toMatch(/Failed checks: 0/);
    expect(code).toBe(0);
  });

  test('lets in only what the image is built from', () => {
    const lines = textOf('.dockerignore')
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    expect(lines.slice(1).every((line) => line.startsWith('!'))).toBe(true);
    expect(lines.some((line) => /env|data|git/.test(line))).toBe(false);
  });
});

test.skipIf(bin === undefined)('compose.yaml is what Compose takes', async () => {
  const args = ['--builtin-schema', 'vendor.compose-spec', 'compose.yaml'];
  expect(await checkWith(bin, 'check-jsonschema', args)).toMatchObject({ code: 0 });
});

describe.skipIf(systemdAnalyze === '')('the unit file', () => {
  test('leaves the bot little to see and to do', async () => {
    const args = ['security', '--offline=true', '--no-pager', `--threshold=${MOST_EXPOSED * 10}`, UNIT];
    const { code, said } = await check(systemdAnalyze, args);
    expect(said).toMatch(/Overall exposure level .*: \d/);
    expect(code).toBe(0);
  });
});
