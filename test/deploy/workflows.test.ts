import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { valueIn } from '../contract/tools/run.ts';
import { check } from './tools/checker.ts';

const FOLDER = '.github/workflows';
const files = readdirSync(fileURLToPath(new URL(`../../${FOLDER}`, import.meta.url)));

const bin = valueIn(inject('checkers'));
const actionlint = valueIn(inject('actionlint')) ?? '';

test.skipIf(bin === undefined)('the workflows have no weakness that zizmor knows', async () => {
  const { code, said } = await check(join(bin ?? '', 'zizmor'), ['--offline', '--no-progress', FOLDER]);
  expect(said).toContain('No findings to report');
  expect(code).toBe(0);
});

test.skipIf(actionlint === '')('the workflows have no fault that actionlint knows', async () => {
  const paths = files.map((name) => `${FOLDER}/${name}`);
  expect(await check(actionlint, paths)).toMatchObject({ code: 0, said: '' });
});
