import { defineConfig } from 'vitest/config';
import { shared, stories } from './vitest.shared.ts';

export default defineConfig({
  test: {
    ...shared,
    include: ['test/**/*.test.ts', 'sandbox/**/*.test.ts'],
    exclude: ['test/contract/**', 'test/deploy/**', 'node_modules/**', ...stories],
  },
});
