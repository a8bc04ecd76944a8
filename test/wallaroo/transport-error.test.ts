import { describe, expect, it } from 'vitest';
import { transportError } from '../../src/wallaroo/transport-error.ts';
import { failure, start } from './support.ts';

const call = { method: 'GET', path: '/x' };

describe('a failure below HTTP', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ECONNREFUSED', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['UND_ERR_SOCKET', 'unreachable'],
  ])('with code %s is %s', (system, code) => {
    const cause = Object.assign(new Error('of the system'), { code: system });
    const error = transportError(call, new TypeError('fetch failed', { cause }));
    expect(error).toMatchObject({ name: 'WallarooUnreachable', code });
    expect(error.message).toBe(`GET /x: fetch failed (${system})`);
  });

  it('leaves mistakes of ours alone', () => {
    const mistake = new TypeError('x is not a function');
    expect(() => transportError(call, mistake)).toThrow(mistake);
  });

  it('is told when https is asked of a plain server', async () => {
    const { connect, sandbox } = await start();
    const https = sandbox.url.replace('http:', 'https:');
    const client = connect({ apiUrl: https, authUrl: https });
    expect(await failure(client.listUsers())).toMatchObject({
      name: 'WallarooUnreachable',
      code: 'unreachable',
    });
  });
});
