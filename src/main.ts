#!/usr/bin/env node
import { ChatopsError } from './errors.ts';
import { redact } from './slack/redact.ts';
import { type Wish, wishOf } from './usage.ts';
import { wholeMessage } from './whole-message.ts';

const POSTGRES = /^postgres/;

/** Each command loads only its own modules, so none waits for Bolt. */
async function main(): Promise<void> {
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
