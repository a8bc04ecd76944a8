/** The parts of the house. `docs/architecture.md` draws them. */
export type Room =
  | 'main'
  | 'app'
  | 'cli'
  | 'doctor'
  | 'features'
  | 'core'
  | 'feature'
  | 'rules'
  | 'texts'
  | 'kit'
  | 'platform'
  | 'settings'
  | 'base';

const ROOMS: Readonly<Record<string, Room>> = {
  main: 'main',
  app: 'app',
  cli: 'cli',
  doctor: 'doctor',
  features: 'features',
  core: 'core',
  access: 'rules',
  license: 'rules',
  texts: 'texts',
  db: 'kit',
  jobs: 'kit',
  ops: 'kit',
  posts: 'kit',
  slack: 'kit',
  wallaroo: 'platform',
  config: 'settings',
};

/** The file or folder right under `src` that a path belongs to: `changes` of `src/changes/ask/ask.ts`. */
export const placeOf = (path: string): string => (path.split('/')[1] ?? '').replace(/\.ts$/, '');

/** A folder that is not named above is a feature, so that a new one needs no entry; a file belongs to the base. */
export const roomOf = (path: string): Room =>
  ROOMS[placeOf(path)] ?? (path.split('/').length > 2 ? 'feature' : 'base');

interface Neighbours {
  /** What it may import beside its own folder. */
  readonly rooms: readonly Room[];
  /** The rule, as `docs/architecture.md` says it. */
  readonly rule: string;
}

const BELOW_FEATURES: readonly Room[] = ['rules', 'texts', 'kit', 'platform', 'base'];
const COMPOSED: readonly Room[] = ['feature', ...BELOW_FEATURES, 'settings'];

/** Who may import whom. */
export const neighbours: Readonly<Record<Room, Neighbours>> = {
  main: {
    rooms: ['app', 'cli', 'doctor', 'features', 'core', ...COMPOSED],
    rule: 'The process imports what it likes of src.',
  },
  app: {
    rooms: ['features', 'core', ...COMPOSED],
    rule: 'app.ts imports neither the process, nor the command line, nor the doctor.',
  },
  cli: {
    rooms: ['core', ...COMPOSED],
    rule: 'The command line imports neither the process, nor the bot, nor the doctor.',
  },
  doctor: {
    rooms: [...BELOW_FEATURES, 'settings'],
    rule: 'The doctor looks at what the features stand on, never at a feature.',
  },
  features: {
    rooms: ['core', ...COMPOSED],
    rule: 'features.ts imports only what is below it.',
  },
  core: {
    rooms: COMPOSED,
    rule: 'core.ts imports only what is below it.',
  },
  feature: {
    rooms: BELOW_FEATURES,
    rule: 'A feature imports no other feature and nothing above it: features.ts and core.ts hand it functions.',
  },
  rules: {
    rooms: BELOW_FEATURES,
    rule: 'Rules that features share import only each other, texts, the kit and the platform.',
  },
  texts: {
    rooms: ['rules', 'platform', 'base'],
    rule: 'Texts import only each other, rules, the platform and the base.',
  },
  kit: {
    rooms: ['kit', 'texts', 'base'],
    rule: 'The kit knows no feature, no rule and no platform: who starts it hands it what it needs.',
  },
  platform: {
    rooms: ['base'],
    rule: 'The client of Wallaroo stands alone on the base.',
  },
  settings: {
    rooms: ['base'],
    rule: 'The base imports nothing else.',
  },
  base: {
    rooms: ['base'],
    rule: 'The base imports nothing else.',
  },
};
