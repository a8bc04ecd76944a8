import { defineConfig } from 'vitest/config';
import { shared, stories } from './vitest.shared.ts';

export default defineConfig({
  test: { ...shared, include: stories.map((folder) => `${folder}/*.test.ts`) },
});
