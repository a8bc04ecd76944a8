import { availableParallelism } from 'node:os';
import type { ViteUserConfig } from 'vitest/config';

/**
 * Long stories: crashes, races of two processes, random stories, texts and data, forged payloads by the hundred, a
 * browser, programs started as processes, hosts that go silent or answer in part, changes that cross each other. `npm run test:stories` tells them.
 */
export const stories = [
  'test/browser/*.test.ts',
  'test/cli/*.test.ts',
  'test/crash/*.test.ts',
  'test/model/*.test.ts',
  'test/processes/*.test.ts',
  'test/replicas/*.test.ts',
  'test/audit/audit-views.test.ts',
  'test/changes/several-views.test.ts',
  'test/changes/steps/kind-parts.test.ts',
  'test/changes/views.test.ts',
  'test/config-secrets.test.ts',
  'test/doctor/built-bot.test.ts',
  'test/doctor/certificates.test.ts',
  'test/doctor/machine-faults.test.ts',
  'test/doctor/slack-faults.test.ts',
  'test/doctor/wallaroo-faults.test.ts',
  'test/flows/altered-since.test.ts',
  'test/flows/any-data.test.ts',
  'test/flows/any-text.test.ts',
  'test/flows/audit-names.test.ts',
  'test/flows/database-outages.test.ts',
  'test/flows/directory-users.test.ts',
  'test/flows/ends-meanwhile.test.ts',
  'test/flows/ends-tried-again.test.ts',
  'test/flows/ends-undone.test.ts',
  'test/flows/false-sightings.test.ts',
  'test/flows/hand-over-exchange.test.ts',
  'test/flows/hand-over-faults.test.ts',
  'test/flows/hand-over-later.test.ts',
  'test/flows/hand-over-several.test.ts',
  'test/flows/last-administrator.test.ts',
  'test/flows/look-alikes.test.ts',
  'test/flows/lost-answers.test.ts',
  'test/flows/many-users.test.ts',
  'test/flows/pasted.test.ts',
  'test/flows/platform-faults.test.ts',
  'test/flows/requests-forged.test.ts',
  'test/flows/requests-outages.test.ts',
  'test/flows/sessions.test.ts',
  'test/flows/short-lists.test.ts',
  'test/flows/slack-faults.test.ts',
  'test/flows/stand-ins.test.ts',
  'test/flows/transports.test.ts',
  'test/ops/log-destination.test.ts',
  'test/sandbox/demo.test.ts',
  'test/slack/token-refused.test.ts',
  'test/support/postgres-server.test.ts',
  'test/users/views.test.ts',
  'test/wallaroo/faults.test.ts',
  'test/wallaroo/set-membership.test.ts',
  'test/wallaroo/stand-ins.test.ts',
];

/** What all tests share that need no software of others. */
export const shared: ViteUserConfig['test'] = {
  globalSetup: ['test/support/database-setup.ts'],
  // Packages are loaded once for each worker instead of once for each file, which took more than the tests themselves.
  isolate: false,
  setupFiles: ['test/support/fresh-modules.ts', 'test/support/fixed-seed.ts'],
  // Most files wait more than they compute, so there are more of them under way than cores.
  maxWorkers: 1 + Math.max(2, availableParallelism()),
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // @slack/socket-mode rejects with nothing at all when it is told to end while it reconnects, and nobody can wait
  // for that promise; the process logs it and goes on (`main.ts`).
  onUnhandledError: ({ type, message }) => !(type === 'Unhandled Rejection' && message === undefined),
};
