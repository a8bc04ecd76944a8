import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { SECRET_SETTINGS } from '../../src/config/secrets.ts';
import { valueIn } from '../contract/tools/run.ts';
import { check, checkWith } from './tools/checker.ts';

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const CHART = local('../../deploy/chart');
const KEPT = local('chart/rendered.yaml');
const VALUES = local('chart/values.yaml');

const bin = valueIn(inject('checkers'));
const checkovBin = valueIn(inject('checkov'));

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((it) => rm(it, { recursive: true }))));

const answerSchema = z.object({
  documents: z.array(z.string()),
  findings: z.array(z.string()),
  refusal: z.string(),
});

async function helm(valuesPath: string) {
  const { stdout, said } = await check(join(bin ?? '', 'python'), [
    local('chart/render.py'),
    CHART,
    valuesPath,
  ]);
  if (stdout === '') throw new Error(said);
  return answerSchema.parse(JSON.parse(stdout));
}

async function helmWith(values: string) {
  const folder = await mkdtemp(join(tmpdir(), 'chatops-values-'));
  folders.push(folder);
  await writeFile(join(folder, 'values.yaml'), values);
  return helm(join(folder, 'values.yaml'));
}

type Resource = Readonly<Record<string, unknown>> & { readonly kind: string };
const resources = async (): Promise<readonly Resource[]> =>
  parseAllDocuments(await readFile(KEPT, 'utf8')).map((document) => document.toJS() as Resource);

describe.skipIf(bin === undefined)('the chart, by Helm', () => {
  test('renders as kept in rendered.yaml, and lint finds nothing', async () => {
    const { documents, findings, refusal } = await helm(VALUES);
    expect(refusal).toBe('');
    expect(findings).toEqual([]);
    await expect(`---\n${documents.join('---\n')}`).toMatchFileSnapshot(KEPT);
  });

  test('needs a secret and nothing else', async () => {
    const { documents, findings, refusal } = await helmWith('existingSecrets: [chatops]');
    expect(refusal).toBe('');
    expect(findings).toEqual([]);
    expect(documents.length).toBeGreaterThan(5);
    expect((await helmWith('')).refusal).toContain('existingSecrets');
  });

  test.each([
    ['without a policy of networks', 'networkPolicy: { enabled: false }', 'NetworkPolicy'],
    ['without a budget of disruptions', 'podDisruptionBudget: { enabled: false }', 'PodDisruptionBudget'],
    ['without a monitor', 'serviceMonitor: { enabled: false }', 'ServiceMonitor'],
    ['alone', 'replicas: 1', undefined],
    ['without limits', 'resources: {}', undefined],
  ])('renders %s', async (_, line, without) => {
    const { documents, findings, refusal } = await helmWith(`existingSecrets: [chatops]\n${line}`);
    expect({ refusal, findings }).toEqual({ refusal: '', findings: [] });
    const kinds = documents.map((text) => (parse(text) as Resource).kind);
    expect(kinds).toContain('Deployment');
    if (without !== undefined) expect(kinds).not.toContain(without);
  });

  test.each([
    ['a slip in a name', 'replica: 3'],
    ['no number', 'replicas: many'],
    ['no replica', 'replicas: 0'],
    ['a secret among the settings', 'settings: { WALLAROO_PASSWORD: x }'],
    ['the address of the database among the settings', 'settings: { DATABASE_URL: "postgres://a:b@c/d" }'],
    ['a port of its own', 'settings: { PORT: 80 }'],
    ['a list for a setting', 'settings: { ADMINS: [U1] }'],
    ['a digest cut off', 'image: { digest: "sha256:abc" }'],
    ['an unknown pull policy', 'image: { pullPolicy: Sometimes }'],
  ])('refuses %s', async (_, line) => {
    expect((await helmWith(`existingSecrets: [chatops]\n${line}`)).refusal).not.toBe('');
  });
});

describe('the render', () => {
  test('has a copy of every secret setting among those that no value may name', async () => {
    const schema = JSON.parse(await readFile(join(CHART, 'values.schema.json'), 'utf8')) as {
      properties: { settings: { propertyNames: { not: { enum: string[] } } } };
    };
    const refused = schema.properties.settings.propertyNames.not.enum;
    expect(refused).toEqual([...SECRET_SETTINGS, 'DATABASE_URL', 'PORT', 'OPS_PORT']);
  });

  test('has two replicas, probes, no token, and nothing to write to', async () => {
    const all = await resources();
    expect(all.map(({ kind }) => kind).toSorted()).toEqual([
      'ConfigMap',
      'Deployment',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
      'ServiceMonitor',
    ]);
    const deployment = all.find(({ kind }) => kind === 'Deployment');
    const container = { securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false } };
    const probe = (path: string) => ({ httpGet: { path, port: 'ops' } });
    expect(deployment).toMatchObject({
      spec: {
        replicas: 2,
        template: {
          spec: {
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, runAsUser: 65532 },
            containers: [
              {
                ...container,
                livenessProbe: probe('/healthz'),
                readinessProbe: probe('/readyz'),
                volumeMounts: [{ name: 'no-database', mountPath: '/data', readOnly: true }],
              },
            ],
            volumes: [{ name: 'no-database', emptyDir: {} }],
          },
        },
      },
    });
    expect(all.find(({ kind }) => kind === 'ConfigMap')).toMatchObject({
      data: { FOUR_EYES: 'true', LICENSE_SEATS: '1000000' },
    });
  });

  test.skipIf(bin === undefined)('is what Kubernetes takes', async () => {
    const { code, said } = await checkWith(bin, 'kubernetes-validate', ['--strict', KEPT]);
    expect(said).toContain('passed for resource deployment');
    // Its own schemas know nothing of the Prometheus Operator's ServiceMonitor.
    expect(
      said.split('\n').filter((line) => line !== '' && !/^INFO .* passed |ServiceMonitor/.test(line)),
    ).toEqual([]);
    expect([0, 1]).toContain(code);
  });

  test.skipIf(checkovBin === undefined)(
    'has no weakness that Checkov knows, but for what is meant',
    async () => {
      const args = ['--file', KEPT, '--framework', 'kubernetes', '--compact', '--quiet', '--skip-download'];
      const { code, said } = await checkWith(checkovBin, 'checkov', [
        ...args,
        '--skip-check',
        Object.keys(MEANT).join(','),
      ]);
      expect(said).toMatch(/Failed checks: 0/);
      expect(code).toBe(0);
    },
  );
});

const MEANT = {
  CKV_K8S_11: 'a CPU limit throttles, and Slack waits three seconds for an acknowledgement',
  CKV_K8S_15: 'an image named by its digest need not be pulled at each start',
  CKV_K8S_35: 'the bot reads its settings, secrets too, from its environment',
} as const;
