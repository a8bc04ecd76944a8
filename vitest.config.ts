import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'sandbox/**/*.test.ts'],
    exclude: ['test/contract/**', 'node_modules/**'],
    globalSetup: ['test/support/postgres.ts'],
    // Most files wait more than they compute, so no core is kept free for the main process.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // @slack/socket-mode rejects with nothing at all when it is told to end while it reconnects, and nobody can wait
    // for that promise; the process logs it and goes on (`main.ts`).
    onUnhandledError: ({ type, message }) => !(type === 'Unhandled Rejection' && message === undefined),
  },
});
