import { Command } from 'commander';
import { changing, type Done, examples, exchanging, PROGRAM, timed, WHOS } from './command-options.ts';
import { EXIT_WORDS } from './exit-codes.ts';
import { handingOver } from './hand-over-options.ts';
import type { Handlers } from './handlers.ts';
import { addReading } from './reading-commands.ts';
import { addWorkspaces } from './workspace-commands.ts';

/** Every command with its arguments, options and examples. `run` names what carries it out; `done` gets its exit code. */
export function buildProgram(handlers: Handlers, done: Done): Command {
  const program = new Command(PROGRAM)
    .description('Manages the users and license seats of a Wallaroo instance: as a Slack bot, and from here.')
    .usage('[command]')
    .helpOption('-h, --help', 'shows help')
    .helpCommand('help [command]', 'shows help, with examples')
    .addHelpText('after', afterHelp())
    .showSuggestionAfterError()
    .exitOverride();
  program.command('start').description('starts the bot, as without a command');
  program
    .command('doctor')
    .description('looks at all that the bot needs, and changes nothing')
    .option('--json', 'writes JSON, for programs');
  addReading(program, handlers, done);
  addChanging(program, handlers, done);
  addWorkspaces(program, handlers, done);
  addDeciding(program, handlers, done);
  program
    .command('completion')
    .description('writes a script that completes commands and options in your shell')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      examples([`source <(${PROGRAM} completion bash)`, `${PROGRAM} completion fish | source`]),
    )
    .action(async (shell: string) => done(await handlers.completion(shell, program)));
  return program;
}

function addChanging(program: Command, handlers: Handlers, done: Done): void {
  handingOver(exchanging(timed(changing(program.command('activate')))))
    .description('lets users in')
    .argument('<who...>', WHOS)
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} activate nora@ex.co --for 7d --reason "covers for Steve"`,
        `${PROGRAM} activate nora@ex.co --exchange steve --leave-without-owner`,
        `${PROGRAM} activate - --yes < names.txt`,
      ]),
    )
    .action(async (whos: string[], options) => done(await handlers.activate(whos, options)));
  handingOver(changing(program.command('deactivate')))
    .description('takes users out and frees their seats')
    .argument('<who...>', WHOS)
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} deactivate steve --dry-run`,
        `${PROGRAM} deactivate steve --new-owner fraud-models=nora@ex.co --new-owner 12=mia --yes`,
        `${PROGRAM} deactivate steve mia --leave-without-owner`,
      ]),
    )
    .action(async (whos: string[], options) => done(await handlers.deactivate(whos, options)));
  handingOver(timed(changing(program.command('swap'))))
    .description('deactivates one user and activates another: both or neither')
    .argument('<leaves>', 'who leaves')
    .argument('<comes>', 'who comes')
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} swap steve nora@ex.co --reason "on leave"`,
        `${PROGRAM} swap steve nora@ex.co --new-owner fraud-models=mia --yes`,
      ]),
    )
    .action(async (leaves: string, comes: string, options) =>
      done(await handlers.swap([leaves, comes], options)),
    );
  handingOver(exchanging(changing(program.command('invite'))))
    .description('invites somebody who has no account yet')
    .argument('<email>', 'their email')
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} invite new@ex.co --reason "joins on Monday"`,
        `${PROGRAM} invite new@ex.co --exchange steve --new-owner fraud-models=mia`,
      ]),
    )
    .action(async (email: string, options) => done(await handlers.invite(email, options)));
}

function addDeciding(program: Command, handlers: Handlers, done: Done): void {
  handingOver(exchanging(changing(program.command('approve'), false)))
    .description('approves a request, and makes the change')
    .argument('<id>', 'as requests lists it')
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} approve 3F9K2M7QXW1A`,
        `${PROGRAM} approve 3F9K2M7QXW1A --exchange steve`,
        `${PROGRAM} approve 3F9K2M7QXW1A --new-owner fraud-models=mia`,
      ]),
    )
    .action(async (id: string, options) => done(await handlers.approve(id, options)));
  const deny = program
    .command('deny')
    .option('--reason <text>', 'why: a denial needs it, as the requester reads it');
  changing(deny, false)
    .description('denies a request')
    .argument('<id>', 'as requests lists it')
    .addHelpText('after', examples([`${PROGRAM} deny 3F9K2M7QXW1A --reason "no seat before Monday"`]))
    .action(async (id: string, options) => done(await handlers.deny(id, options)));
}

const afterHelp = (): string => `
Data goes to standard output, everything else to standard error. Exit codes:
${Object.entries(EXIT_WORDS)
  .map(([code, words]) => `  ${code.padStart(3)}  ${words}`)
  .join('\n')}

In a checkout:
  npm start                  starts the bot                                  node dist/bot/main.js
  npm run doctor             looks at all that the bot needs, changes        node dist/bot/main.js doctor
                             nothing, and ends with 1 if anything is wrong
  npm run doctor -- --json   the same, for programs                          node dist/bot/main.js doctor --json
  npm run demo               tries the bot without any account
  npm start -- users         any other command                               node dist/bot/main.js users
  npm start -- --version     tells the version                               node dist/bot/main.js --version

Settings are read from the environment and from the file .env of the folder where it starts. .env.example lists
them all; README.md tells more.
`;
