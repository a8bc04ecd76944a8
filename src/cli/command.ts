import { commandLineActor, commandLineKeys } from './actor.ts';
import type { Office } from './office.ts';
import type { Terminal } from './terminal.ts';

/** What every command works with. */
export interface CommandParts {
  readonly terminal: Terminal;
  /** Opened at the first call: a command that is wrong says so before any setting is read. */
  readonly office: () => Promise<Office>;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** Whether changes are being made: then Ctrl-C waits for the end of the one under way, for a moment. */
  readonly changing: { begun: boolean };
}

/** Options that several commands share, as commander hands them over. */
export interface CommonOptions {
  readonly json?: string | true;
  readonly csv?: boolean;
  readonly yes?: boolean;
  /** `--no-input` makes it false. */
  readonly input?: boolean;
  readonly dryRun?: boolean;
  readonly reason?: string;
}

/** Who acts: an administrator, as they have the password of the bot's account. */
export const actor = () => ({
  userId: commandLineActor(),
  email: undefined,
  personKeys: commandLineKeys(),
  administrator: true,
});

/** The same as who looks at users. */
export const VIEWER = { email: undefined, administrator: true } as const;

/** The same as who decides about a request. */
export const decider = () => ({
  by: commandLineActor(),
  byKeys: commandLineKeys(),
  administrator: true,
});
