/** What the words behind the program's name ask for. */
export type Wish =
  | { readonly kind: 'start' | 'help' }
  | { readonly kind: 'doctor'; readonly argv: readonly string[] }
  | { readonly kind: 'unknown'; readonly word: string };

const HELP = ['--help', '-h', 'help'];
const OF_DOCTOR = ['--json'];

/** Reads the words behind the program's name. Pure. */
export function wishOf(argv: readonly string[]): Wish {
  const [command, ...rest] = argv;
  if (argv.some((word) => HELP.includes(word))) return { kind: 'help' };
  if (command === undefined) return { kind: 'start' };
  if (command !== 'doctor') return { kind: 'unknown', word: command };
  const word = rest.find((option) => !OF_DOCTOR.includes(option));
  return word === undefined ? { kind: 'doctor', argv: rest } : { kind: 'unknown', word };
}

export const USAGE = `A Slack bot with which a team manages the users and license seats of its Wallaroo instance.

  npm start                  starts the bot                                  node dist/bot/main.js
  npm run doctor             looks at all that the bot needs, changes        node dist/bot/main.js doctor
                             nothing, and ends with 1 if anything is wrong
  npm run doctor -- --json   the same, for programs                          node dist/bot/main.js doctor --json
  npm run demo               tries the bot without any account
  npm start -- --help        says this                                       node dist/bot/main.js --help

Settings are read from the environment and from the file .env of the folder where it starts. .env.example lists
them all; README.md tells more.
`;
