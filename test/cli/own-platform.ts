import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  startWallaroo,
  type WallarooOptions,
  type WallarooSandbox,
} from '../../sandbox/wallaroo/start-wallaroo.ts';
import type { World } from '../flows/world.ts';
import { built } from '../support/built.ts';
import { scratchFolder } from '../support/scratch.ts';
import { run, type Settings } from './run-command.ts';

/**
 * A platform for the tests of a file, which each of them finds as it was at first, and a database for each; the command is
 * built. They are there once a test runs.
 */
export function ownPlatform(options?: WallarooOptions) {
  let wallaroo: WallarooSandbox;
  let folder: string;
  let settings: Settings;
  let database = 0;

  beforeAll(async () => {
    await built();
    wallaroo = await startWallaroo(options);
    folder = await scratchFolder('chatops-cli-');
  });

  beforeEach(() => {
    wallaroo.reset();
    database += 1;
    settings = {
      WALLAROO_URL: wallaroo.url,
      WALLAROO_USER: wallaroo.account.username,
      WALLAROO_PASSWORD: wallaroo.account.password,
      DATABASE_URL: `file:${join(folder, `${database}.db`)}`,
    };
  });

  afterAll(async () => {
    await wallaroo.stop();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    get wallaroo() {
      return wallaroo;
    },
    /** What a command is given to work with both. */
    get settings() {
      return settings;
    },
    /** What a command says, read as JSON. */
    json: async (...argv: readonly string[]) => JSON.parse((await run(argv, settings)).stdout),
  };
}

/** What a command line is given beside a running bot: nothing of Slack. */
export const settingsOf = ({ settings }: World): Settings =>
  Object.fromEntries(
    Object.entries(settings).filter(([name]) => /^(WALLAROO|DATABASE|LICENSE_S|FOUR)/.test(name)),
  );
