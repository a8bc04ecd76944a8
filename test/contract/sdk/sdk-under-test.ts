import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import {
  startWallaroo,
  type WallarooOptions,
  type WallarooSandbox,
} from '../../../sandbox/wallaroo/start-wallaroo.ts';
import type { WallarooClient } from '../../../src/wallaroo/client.ts';
import { createWallarooClient } from '../../../src/wallaroo/create-client.ts';
import { SdkDriver } from './sdk-driver.ts';

/** The sandbox, with the vendor's SDK and our own client signed in to it as the same account. */
export interface SdkUnderTest {
  readonly sandbox: WallarooSandbox;
  readonly sdk: SdkDriver;
  readonly client: WallarooClient;
}

/** One sandbox and one SDK for the tests of this file; state, switches and faults are as at the start in each test. */
export function useSdk(options: WallarooOptions): () => SdkUnderTest {
  let running: SdkUnderTest | undefined;

  beforeAll(async () => {
    const python = inject('sdk');
    if ('missing' in python) return;
    const sandbox = await startWallaroo(options);
    const { url, account } = sandbox;
    const sdk = await SdkDriver.start(python.value, { url, ...account });
    const client = createWallarooClient({
      apiUrl: url,
      authUrl: url,
      ...account,
      clientId: 'sdk-client',
      usersVia: 'keycloak',
      listCacheMs: 0,
    });
    running = { sandbox, sdk, client };
    await sdk.call('connect');
  });
  beforeEach(async () => {
    if (running === undefined) return;
    const { sandbox, sdk } = running;
    sandbox.reset();
    await sdk.call('forget_sign_in');
  });
  afterAll(async () => {
    await running?.sdk.stop();
    await running?.sandbox.stop();
  });

  return () => {
    if (running === undefined) throw new Error('the SDK is not running');
    return running;
  };
}
