import { type Command, Option } from 'commander';

/** What becomes of workspaces that nobody active owns once somebody leaves, as commander hands it over. */
export interface HandOverOptions {
  /** Each `<workspace>=<who>`, as typed. */
  readonly newOwner?: readonly string[];
  readonly leaveWithoutOwner?: boolean;
}

const HANDING_OVER = `
Workspaces that nobody active would own any more are named before anything is done. On a terminal you are asked for
each who takes over: Enter leaves it without. --yes leaves them without, unless --new-owner names somebody for one:
then each of them needs --new-owner, or --leave-without-owner for the rest.
`;

/** A command after which a workspace may be left without an active OWNER. */
export const handingOver = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--new-owner <workspace=who>',
        'makes this user OWNER first, where nobody active owns the workspace any more; once for each, by its name or id',
      ).argParser((value: string, before: readonly string[] = []) => [...before, value]),
    )
    .option('--leave-without-owner', 'leaves the other such workspaces without an active OWNER, unasked')
    .addHelpText('after', HANDING_OVER);
