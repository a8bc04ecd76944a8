import { defineConfig } from 'vitest/config';

/** The tests against software that is not ours: Keycloak itself and the vendor's own SDK (docs/compatibility.md). */
export default defineConfig({
  test: {
    include: ['test/contract/**/*.test.ts'],
    globalSetup: ['test/support/database-setup.ts', 'test/contract/setup.ts'],
    // Two Keycloaks at a time would only make each other late.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
