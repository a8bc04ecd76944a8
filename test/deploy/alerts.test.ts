import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { sentences } from '../../src/wallaroo/sentences.ts';
import { statusError } from '../../src/wallaroo/status-error.ts';
import { valueIn } from '../contract/tools/run.ts';
import { check } from './tools/checker.ts';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const ALERTS = 'deploy/prometheus-alerts.yml';
const TESTS = 'test/deploy/alerts/tests.yml';

const promtool = valueIn(inject('promtool')) ?? '';

interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}
const rules = (parse(textOf(ALERTS)) as Alerts).groups.flatMap((group) => group.rules);

const ours = (text: string): readonly string[] =>
  [...text.matchAll(/\bchatops_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''));
const listed = [...textOf('README.md').matchAll(/^\| `(chatops_\w+)`/gm)].map(([, name]) => name ?? '');

test.skipIf(promtool === '')(
  'the alerts are rules of Prometheus, each with a reason to fire and one not to',
  async () => {
    expect((await check(promtool, ['check', 'rules', ALERTS])).said).toContain(`${rules.length} rules found`);
    const { code, said } = await check(promtool, ['test', 'rules', TESTS]);
    expect(said).toContain('SUCCESS');
    expect(code).toBe(0);
  },
);

test('every alert is tried', () => {
  for (const { alert } of rules) expect(textOf(TESTS)).toContain(`alertname: ${alert}`);
  expect(textOf(TESTS)).toContain(`value: ${rules.length} }`);
});

test('alerts and dashboard ask for metrics that there are', () => {
  const asked = [
    ...rules.flatMap(({ expr }) => ours(expr)),
    ...ours(textOf('deploy/grafana-dashboard.json')),
  ];
  expect(asked.filter((name) => !listed.includes(name))).toEqual([]);
  expect(listed.filter((name) => !ours(textOf('deploy/grafana-dashboard.json')).includes(name))).toEqual([]);
});

test('the alert on Wallaroo counts every failure that is no answer of an instance that works', () => {
  const { expr = '' } = rules.find(({ alert }) => alert === 'ChatopsWallarooFails') ?? {};
  const counted = /outcome=~"([^"]*)"/.exec(expr)?.[1]?.split('|') ?? [];
  expect(counted.filter((code) => !Object.hasOwn(sentences, code))).toEqual([]);
  const call = { method: 'GET', path: '/' };
  const statuses = [401, 407, 429, 500, 502, 503, 504];
  const told = statuses.map(
    (status) => statusError(call, { status, headers: new Headers(), body: '' }).code as string,
  );
  expect(told.filter((code) => !counted.includes(code))).toEqual([]);
});

test('the dashboard is whole: panels with an id, a place and a question each', () => {
  const dashboard = JSON.parse(textOf('deploy/grafana-dashboard.json')) as {
    panels: { id: number; gridPos: { x: number; w: number }; targets: { expr: string }[] }[];
  };
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  expect(panels.every(({ targets }) => targets.length > 0)).toBe(true);
});
