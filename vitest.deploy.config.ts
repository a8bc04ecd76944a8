import { defineConfig } from 'vitest/config';

/** The proofs of what is deployed: package, image, compose file, chart, unit file, alerts, workflows (docs/deploy.md). */
export default defineConfig({
  test: {
    include: ['test/deploy/**/*.test.ts'],
    globalSetup: ['test/support/database-setup.ts', 'test/deploy/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
