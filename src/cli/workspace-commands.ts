import { type Command, Option } from 'commander';
import { changing, type Done, examples, PROGRAM, reading, WHOS } from './command-options.ts';
import type { Handlers } from './handlers.ts';

const WORKSPACE = 'its name, an id as workspaces lists it, or a part of a name that fits one workspace only';

/** `workspaces`, `workspace`, and what changes the members of one. */
export function addWorkspaces(program: Command, handlers: Handlers, done: Done): void {
  reading(program.command('workspaces'))
    .description('lists the workspaces with their owners')
    .argument('[words...]', 'words that occur in the name, or in what an owner goes by')
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} workspaces fraud`,
        `${PROGRAM} workspaces --json id,name,hasActiveOwner | jq '.[] | select(.hasActiveOwner | not)'`,
      ]),
    )
    .action(async (words: string[], options) => done(await handlers.workspaces(words, options)));
  const workspace = reading(program.command('workspace'))
    .description('shows the members of one workspace; add and remove change them')
    .argument('<name|id>', WORKSPACE)
    // A workspace may be called help.
    .helpCommand(false)
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} workspace fraud-models`,
        `${PROGRAM} workspace 12 --json user,role,state`,
        `${PROGRAM} workspace add fraud-models nora@ex.co`,
      ]),
    )
    .action(async (typed: string, options) => done(await handlers.workspace(typed, options)));
  addMembers(workspace, handlers, done);
}

/** The options of `workspace` that both take, such as `--json`, are read by it: hence `optsWithGlobals`. */
function addMembers(workspace: Command, handlers: Handlers, done: Done): void {
  changing(workspace.command('add'))
    .description('adds users to a workspace, or gives its members another role')
    .argument('<name|id>', WORKSPACE)
    .argument('<who...>', WHOS)
    .addOption(
      new Option(
        '--role <role>',
        'what they are to be; without it, members stay what they are and others become collaborators',
      ).choices(['owner', 'collaborator']),
    )
    .addHelpText(
      'after',
      examples([
        `${PROGRAM} workspace add fraud-models nora@ex.co --reason "covers for Steve"`,
        `${PROGRAM} workspace add 12 nora@ex.co --role owner --dry-run`,
      ]),
    )
    .action(async (typed: string, whos: string[], _, command: Command) =>
      done(await handlers.addMembers(typed, whos, command.optsWithGlobals())),
    );
  changing(workspace.command('remove'))
    .description('removes members from a workspace')
    .argument('<name|id>', WORKSPACE)
    .argument('<who...>', WHOS)
    .addHelpText('after', examples([`${PROGRAM} workspace remove fraud-models steve --yes`]))
    .action(async (typed: string, whos: string[], _, command: Command) =>
      done(await handlers.removeMembers(typed, whos, command.optsWithGlobals())),
    );
}
