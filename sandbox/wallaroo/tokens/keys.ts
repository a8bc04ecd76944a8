import { exportJWK, generateKeyPair } from 'jose';

let pair: ReturnType<typeof generateKeyPair> | undefined;

/** The realm's key for access tokens: made at first need and once per process, for it takes long. */
export function realmKeys(): ReturnType<typeof generateKeyPair> {
  pair ??= generateKeyPair('RS256', { extractable: true });
  return pair;
}

export const keyId = 'sandbox-rs256';

/** The public half as OpenID clients fetch it. */
export async function jwks(): Promise<{ keys: object[] }> {
  const { publicKey } = await realmKeys();
  return { keys: [{ ...(await exportJWK(publicKey)), kid: keyId, alg: 'RS256', use: 'sig' }] };
}
