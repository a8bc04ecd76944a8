import type { Command } from 'commander';
import type { CommandParts, CommonOptions } from './command.ts';
import type { AuditOptions } from './commands/audit.ts';
import type { ApproveOptions } from './commands/decide.ts';
import type { InviteOptions } from './commands/invite.ts';
import type { AddOptions } from './commands/membership.ts';
import type { SwitchOptions } from './commands/switch.ts';
import type { UsersOptions } from './commands/users.ts';
import type { ExitCode } from './exit-codes.ts';
import type { FormatOptions } from './records.ts';

/** What carries out each command. */
export interface Handlers {
  users(words: readonly string[], options: UsersOptions): Promise<ExitCode>;
  idle(words: readonly string[], options: FormatOptions): Promise<ExitCode>;
  user(who: string, options: FormatOptions): Promise<ExitCode>;
  license(options: FormatOptions): Promise<ExitCode>;
  digest(options: FormatOptions): Promise<ExitCode>;
  requests(options: FormatOptions): Promise<ExitCode>;
  audit(who: string | undefined, options: AuditOptions): Promise<ExitCode>;
  activate(whos: readonly string[], options: SwitchOptions): Promise<ExitCode>;
  deactivate(whos: readonly string[], options: SwitchOptions): Promise<ExitCode>;
  swap(whos: readonly string[], options: SwitchOptions): Promise<ExitCode>;
  invite(email: string, options: InviteOptions): Promise<ExitCode>;
  workspaces(words: readonly string[], options: FormatOptions): Promise<ExitCode>;
  workspace(typed: string, options: FormatOptions): Promise<ExitCode>;
  addMembers(workspace: string, whos: readonly string[], options: AddOptions): Promise<ExitCode>;
  removeMembers(workspace: string, whos: readonly string[], options: CommonOptions): Promise<ExitCode>;
  approve(id: string, options: ApproveOptions): Promise<ExitCode>;
  deny(id: string, options: CommonOptions): Promise<ExitCode>;
  completion(shell: string, program: Command): Promise<ExitCode>;
}

/** Each command loads its modules when it runs, so help and completion answer at once. */
export const handlersWith = (parts: CommandParts): Handlers => ({
  users: async (words, options) => (await import('./commands/users.ts')).users(parts, words, options),
  idle: async (words, options) => (await import('./commands/users.ts')).idle(parts, words, options),
  user: async (who, options) => (await import('./commands/user.ts')).user(parts, who, options),
  license: async (options) => (await import('./commands/license.ts')).license(parts, options),
  digest: async (options) => (await import('./commands/digest.ts')).digest(parts, options),
  requests: async (options) => (await import('./commands/requests.ts')).requests(parts, options),
  audit: async (who, options) => (await import('./commands/audit.ts')).audit(parts, who, options),
  activate: async (whos, options) =>
    (await import('./commands/switch.ts')).switchUsers(parts, true, whos, options),
  deactivate: async (whos, options) =>
    (await import('./commands/switch.ts')).switchUsers(parts, false, whos, options),
  swap: async (whos, options) => (await import('./commands/switch.ts')).swapUsers(parts, whos, options),
  invite: async (email, options) => (await import('./commands/invite.ts')).invite(parts, email, options),
  workspaces: async (words, options) =>
    (await import('./commands/workspaces.ts')).workspaces(parts, words, options),
  workspace: async (typed, options) =>
    (await import('./commands/workspace.ts')).workspace(parts, typed, options),
  addMembers: async (workspace, whos, options) =>
    (await import('./commands/membership.ts')).addMembers(parts, workspace, whos, options),
  removeMembers: async (workspace, whos, options) =>
    (await import('./commands/membership.ts')).removeMembers(parts, workspace, whos, options),
  approve: async (id, options) => (await import('./commands/decide.ts')).approve(parts, id, options),
  deny: async (id, options) => (await import('./commands/decide.ts')).deny(parts, id, options),
  completion: async (shell, program) =>
    (await import('./completion.ts')).completion(parts.terminal, shell, program),
});
