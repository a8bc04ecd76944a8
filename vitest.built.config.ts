import { defineConfig } from 'vitest/config';
import { shared } from './vitest.shared.ts';

/** What people do, told once more on the bot that is built: what a bundler changes shows only there. */
export default defineConfig({
  test: {
    ...shared,
    globalSetup: ['test/support/database-setup.ts', 'test/support/bundle-setup.ts'],
    include: ['test/{access,digest,flows,ops,slack,watch}/*.test.ts'],
  },
});
