import { type Command, Option } from 'commander';
import { type Done, examples, PROGRAM, reading, WHO } from './command-options.ts';
import type { Handlers } from './handlers.ts';

/** What shows users, seats, requests and the trail. */
export function addReading(program: Command, handlers: Handlers, done: Done): void {
  addUsers(program, handlers, done);
  addOverviews(program, handlers, done);
}

function addUsers(program: Command, handlers: Handlers, done: Done): void {
  reading(program.command('users'))
    .description('lists the users')
    .argument(
      '[words...]',
      'active, inactive, all, idle (for a time such as 60d) or never; and words that occur in a name, email or username',
    )
    .addOption(
      new Option('--state <state>', 'only these').choices(['active', 'inactive', 'all', 'idle', 'never']),
    )
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} users inactive`,
        `${PROGRAM} users --json id,email --state inactive | jq -r '.[].email'`,
      ]),
    )
    .action(async (words: string[], options) => done(await handlers.users(words, options)));
  reading(program.command('idle'))
    .description('lists who looks idle and could be deactivated, idle longest first')
    .argument('[words...]', 'for how long, such as 60d; and words that occur in a name, email or username')
    .addHelpText(
      'after',
      examples([`${PROGRAM} idle 60d`, `${PROGRAM} idle --json email,idleDays | jq -r '.[].email'`]),
    )
    .action(async (words: string[], options) => done(await handlers.idle(words, options)));
  reading(program.command('user'))
    .description('shows everything about one user')
    .argument('<who>', WHO)
    .addHelpText(
      'after',
      examples([`${PROGRAM} user nora@ex.co`, `${PROGRAM} user "Nora Lind" --json workspaces`]),
    )
    .action(async (who: string, options) => done(await handlers.user(who, options)));
}

function addOverviews(program: Command, handlers: Handlers, done: Done): void {
  reading(program.command('license'))
    .description('shows the seats, and who holds them, idle longest first')
    .addHelpText('after', examples([`${PROGRAM} license`, `${PROGRAM} license --json taken,seats`]))
    .action(async (options) => done(await handlers.license(options)));
  reading(program.command('digest'))
    .description('shows what the license digest would say now; posts nothing')
    .addHelpText('after', examples([`${PROGRAM} digest`, `${PROGRAM} digest --json idle,never,requests`]))
    .action(async (options) => done(await handlers.digest(options)));
  reading(program.command('requests'))
    .description('lists the requests that wait for a decision')
    .addHelpText('after', examples([`${PROGRAM} requests`, `${PROGRAM} requests --json id,asks`]))
    .action(async (options) => done(await handlers.requests(options)));
  reading(program.command('audit'))
    .description('shows the latest changes')
    .argument('[who]', 'a user; or who did it: a Slack id, cli:<login>@<host>, or me')
    .option('--since <time>', 'such as 30d, 12h or 2026-01-31')
    .option('--limit <n>', 'how many at most, or all', '100')
    .addHelpText(
      'after',
      examples([`${PROGRAM} audit nora@ex.co`, `${PROGRAM} audit --since 30d --csv --limit all`]),
    )
    .action(async (who: string | undefined, options) => done(await handlers.audit(who, options)));
}
