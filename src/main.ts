import { ChatopsError } from './errors.ts';
import { redact } from './slack/redact.ts';
import { type Wish, wishOf } from './usage.ts';
import { wholeMessage } from './whole-message.ts';

const POSTGRES = /^postgres/;

/** What the program can be. Each loads only its own modules, so no command waits for Bolt. */
export const load = {
  bot: () => import('./main/run-bot.ts'),
  doctor: () => import('./main/run-doctor.ts'),
  command: () => import('./main/run-command.ts'),
  /** For tests, which start the bot that is built with a clock of their own. */
  app: () => import('./app.ts'),
};

/** Runs what the words behind the program's name ask for. */
export async function main(): Promise<void> {
  try {
    await run(wishOf(process.argv.slice(2)));
  } catch (error) {
    const [unexpected = ''] = wholeMessage(error).split('\n');
    console.error(redact(error instanceof ChatopsError ? error.userMessage : unexpected));
    process.exitCode = 1;
  }
}

async function run(wish: Wish): Promise<void> {
  switch (wish.kind) {
    case 'start': {
      const given = await settings();
      // What the bot consists of is loaded meanwhile.
      if (!POSTGRES.test(given.env.DATABASE_URL ?? ''))
        (await import('./db/file-thread.ts')).startThreadEarly();
      return (await load.bot()).runBot(given);
    }
    case 'version':
      console.log((await import('./main/version.ts')).version());
      return;
    case 'doctor':
      process.exitCode = await (await load.doctor()).runDoctorHere(wish.argv, await settings());
      return;
    case 'command':
      // Connections that are kept open would hold the process for seconds.
      return process.exit(await (await load.command()).runCommand(wish.argv, await settings()));
    case 'unknown':
    case 'extra':
      refuse(wish);
  }
}

const settings = async () => (await import('./main/process-settings.ts')).readProcessSettings();

function refuse(wish: Extract<Wish, { kind: 'unknown' | 'extra' }>): void {
  console.error(`${redact(wish.kind === 'unknown' ? unknownText(wish) : extraText(wish))}

  npm start -- help   lists all commands   wallaroo-chatops help`);
  process.exitCode = 2;
}

const unknownText = ({ word, nearest }: Extract<Wish, { kind: 'unknown' }>): string =>
  `${word} is no command or option of this program.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`;

const extraText = ({ command, word, takes }: Extract<Wish, { kind: 'extra' }>): string =>
  `${command} does not take ${word}: ${takes === undefined ? 'nothing' : `only ${takes}`} may follow it.`;
