#!/usr/bin/env node
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { ChatopsError } from './errors.ts';
import { redact } from './slack/redact.ts';
import { type Wish, wishOf } from './usage.ts';
import { wholeMessage } from './whole-message.ts';

const POSTGRES = /^postgres/;

/**
 * Lets Node keep what it compiled of the bundle, beside the bundle, for the next start: a quarter of it is compiling. Node can
 * from 22.1 on (nodejs.org/api/module.html#moduleenablecompilecachecachedir); where it may not write, it goes on without.
 */
function keepCompiled(): void {
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown };
  if (import.meta.url.endsWith('.js'))
    enableCompileCache?.(fileURLToPath(new URL('../compile-cache', import.meta.url)));
}

/** Each command loads only its own modules, so none waits for Bolt. */
async function main(): Promise<void> {
  keepCompiled();
  const wish = wishOf(process.argv.slice(2));
  switch (wish.kind) {
    case 'start': {
      const given = await settings();
      // What the bot consists of is loaded meanwhile.
      if (!POSTGRES.test(given.env.DATABASE_URL ?? ''))
        (await import('./db/file-thread.ts')).startThreadEarly();
      return (await import('./main/run-bot.ts')).runBot(given);
    }
    case 'doctor':
      process.exitCode = await (await import('./main/run-doctor.ts')).runDoctorHere(
        wish.argv,
        await settings(),
      );
      return;
    case 'command':
      // Connections that are kept open would hold the process for seconds.
      return process.exit(
        await (await import('./main/run-command.ts')).runCommand(wish.argv, await settings()),
      );
    case 'unknown':
      refuse(wish);
  }
}

const settings = async () => (await import('./main/process-settings.ts')).readProcessSettings();

function refuse({ word, nearest }: Extract<Wish, { kind: 'unknown' }>): void {
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  console.error(`${redact(word)} is no command or option of this program.${hint}

  npm start -- help   lists all commands   wallaroo-chatops help`);
  process.exitCode = 2;
}

main().catch((error: unknown) => {
  const [unexpected = ''] = wholeMessage(error).split('\n');
  console.error(redact(error instanceof ChatopsError ? error.userMessage : unexpected));
  process.exitCode = 1;
});
