import type { TestProject } from 'vitest/node';
import { type KeycloakDistribution, provideKeycloak } from './tools/keycloak-distribution.ts';
import type { Provided } from './tools/run.ts';
import { provideSdk } from './tools/vendor-sdk.ts';
import { keycloakVersions } from './versions.ts';

declare module 'vitest' {
  interface ProvidedContext {
    current: Provided<KeycloakDistribution>;
    vendor: Provided<KeycloakDistribution>;
    /** The SDK's Python. */
    sdk: Provided<string>;
  }
}

/** Fetches once what the contract tests run against, and says loudly what could not be had. */
export async function setup({ provide }: TestProject): Promise<void> {
  const { current, vendor } = keycloakVersions;
  const [ofCurrent, ofVendor, sdk] = await Promise.all([
    provideKeycloak(current.version, current.javaMajors),
    provideKeycloak(vendor.version, vendor.javaMajors),
    provideSdk(),
  ]);
  provide('current', ofCurrent);
  provide('vendor', ofVendor);
  provide('sdk', sdk);
  tell(`Keycloak ${current.version}`, ofCurrent);
  tell(`Keycloak ${vendor.version}`, ofVendor);
  tell("the vendor's SDK", sdk);
}

function tell(what: string, provided: Provided<unknown>): void {
  if ('missing' in provided)
    console.warn(`\n!!! CONTRACT TESTS AGAINST ${what} ARE SKIPPED: ${provided.missing}\n`);
}
