import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { shared, stories } from './vitest.shared.ts';

export default defineConfig({
  test: {
    ...shared,
    include: stories,
    // They compute more than they wait, and start processes that have to be in time.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
