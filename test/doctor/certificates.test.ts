import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { Finding } from '../../src/doctor/check.ts';
import { runBuiltDoctor } from './built-bot.ts';
import { type Patient, start } from './support.ts';

type Certificate = 'certificate' | 'expired' | 'other-host';

const pathOf = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A proxy with a certificate before the Wallaroo of the patient, as a real instance has one. */
async function proxyBefore({ wallaroo }: Patient, certificate: Certificate): Promise<string> {
  const keys = { key: readFileSync(pathOf('key')), cert: readFileSync(pathOf(certificate)) };
  const server = createServer(keys, (asked, answer) => {
    const { method, headers } = asked;
    const passed = request(`${wallaroo.url}${asked.url}`, { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    asked.pipe(passed);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Node reads whom to trust when it starts, so this takes a process of its own. */
async function examineBehind(certificate: Certificate) {
  const patient = await start();
  const settings = {
    ...patient.env,
    WALLAROO_URL: await proxyBefore(patient, certificate),
    NODE_EXTRA_CA_CERTS: pathOf(certificate),
  };
  const { stdout, exitCode } = await runBuiltDoctor(settings, patient.folder, ['--json']);
  const { checks } = JSON.parse(stdout) as { checks: Finding[] };
  const of = (name: string): Finding | undefined => checks.find((finding) => finding.name === name);
  return {
    exitCode,
    of,
    askedForToken: patient.wallaroo.requests.some(({ endpoint }) => endpoint === 'token'),
  };
}

it('finds everything right where the certificate is trusted', async () => {
  const { exitCode, of } = await examineBehind('certificate');
  expect(of('Wallaroo: certificate')).toEqual({
    name: 'Wallaroo: certificate',
    state: 'right',
    text: 'trusted',
  });
  expect(of('Wallaroo: reading users')).toMatchObject({ state: 'right' });
  expect(exitCode).toBe(0);
}, 60_000);

it.each([
  ['expired', 'CERT_HAS_EXPIRED', 'renew it'],
  ['other-host', 'ERR_TLS_CERT_ALTNAME_INVALID', 'set WALLAROO_URL'],
] as const)(
  'finds one that is wrong (%s), and sends no password there',
  async (certificate, code, remedy) => {
    const { exitCode, of, askedForToken } = await examineBehind(certificate);
    expect(of('Wallaroo: certificate')).toMatchObject({
      state: 'wrong',
      text: expect.stringContaining(code),
      remedy: expect.stringContaining(remedy),
    });
    expect(of('Wallaroo: sign-in')).toMatchObject({ state: 'unchecked' });
    expect(askedForToken).toBe(false);
    expect(exitCode).toBe(1);
  },
  60_000,
);
