import type { Json } from '../json.ts';
import { SlackRefusal } from '../refusals.ts';
import type { Workspace } from '../workspace.ts';
import type { Method } from './method.ts';
import { methods as known } from './methods.ts';

export interface Tokens {
  readonly bot: string;
  readonly app: string;
}

export interface Call {
  readonly name: string;
  readonly token: string | undefined;
  readonly args: Json;
}

function checkToken(workspace: Workspace, method: Method, tokens: Tokens, token: string | undefined): void {
  if (token === undefined || token === '') throw new SlackRefusal('not_authed');
  const kind = token === tokens.bot ? 'bot' : token === tokens.app ? 'app' : undefined;
  if (kind === undefined) throw new SlackRefusal('invalid_auth');
  const refused = workspace.faults.refusalOf(kind);
  if (refused !== undefined) throw new SlackRefusal(refused);
  if (kind !== (method.token ?? 'bot')) throw new SlackRefusal('not_allowed_token_type');
}

function checkScope(workspace: Workspace, needed: string | undefined): void {
  if (needed === undefined || workspace.scopes.includes(needed)) return;
  throw new SlackRefusal('missing_scope', { needed, provided: workspace.scopes.join(',') });
}

/** Runs a call as Slack would: method, token, scope, then the method itself. Never throws a refusal: it is the answer. */
export function answerCall(
  workspace: Workspace,
  tokens: Tokens,
  more: Readonly<Record<string, Method>>,
  { name, token, args }: Call,
): Json {
  try {
    const method = known[name] ?? more[name];
    if (method === undefined) throw new SlackRefusal('unknown_method', { req_method: name });
    checkToken(workspace, method, tokens, token);
    const { scope } = method;
    checkScope(workspace, typeof scope === 'function' ? scope(workspace, args) : scope);
    return { ok: true, ...method.run(workspace, args) };
  } catch (refusal) {
    if (!(refusal instanceof SlackRefusal)) throw refusal;
    return { ok: false, error: refusal.code, ...refusal.details };
  }
}
