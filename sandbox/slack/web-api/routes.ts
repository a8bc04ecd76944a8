import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { MethodFault } from '../faults.ts';
import { asJson, asText, type Json } from '../json.ts';
import { SlackRefusal } from '../refusals.ts';
import { answerByResponseUrl } from '../response-urls.ts';
import type { Workspace } from '../workspace.ts';
import { argumentsOf } from './arguments.ts';
import { answerCall, type Call, type Tokens } from './call.ts';
import type { Method } from './method.ts';

type Env = { Bindings: HttpBindings };
interface Answer {
  readonly status: number;
  /** A text is sent as it is. */
  readonly body: Json | string | undefined;
  readonly headers?: Record<string, string>;
}

const json = (answer: Answer) =>
  new Response(typeof answer.body === 'object' ? JSON.stringify(answer.body) : answer.body, {
    status: answer.status,
    headers: { 'content-type': typeOf(answer), ...answer.headers },
  });

const typeOf = ({ body }: Answer): string =>
  typeof body === 'string' ? 'text/html' : 'application/json; charset=utf-8';

/** What a planned fault makes of a call; `undefined` where the call is answered as usual. */
async function meet(fault: MethodFault | undefined, context: Context<Env>): Promise<Answer | undefined> {
  if (fault === undefined) return undefined;
  if ('error' in fault) return { status: 200, body: { ok: false, error: fault.error } };
  if ('status' in fault) return { status: fault.status, body: fault.page };
  if ('retryAfterSeconds' in fault) {
    const headers = { 'retry-after': String(fault.retryAfterSeconds) };
    return { status: 429, body: { ok: false, error: 'ratelimited' }, headers };
  }
  if ('hang' in fault) return new Promise(() => {});
  if ('delayMs' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if ('cut' in fault && fault.cut === 'before') {
    context.env.incoming.socket.destroy();
    return { status: 500, body: undefined };
  }
  return undefined;
}

const unavailable = json({ status: 503, body: undefined });
const bearer = (header: string | undefined) => /^Bearer (\S+)$/i.exec(header ?? '')?.[1];

/** The Web API, `response_url`s and file uploads. `more` are methods that need the running server. */
export function slackRoutes(
  workspace: Workspace,
  tokens: Tokens,
  more: Readonly<Record<string, Method>>,
): Hono<Env> {
  const { traffic, faults } = workspace;
  const routes = new Hono<Env>();
  routes.use(async (_, next) => (faults.down === undefined ? next() : unavailable.clone()));

  routes.all('/api/:method', async (context) => {
    const startedMs = performance.now();
    const name = context.req.param('method');
    const fault = faults.take(name);
    let args: Json = {};
    let answer = await meet(fault, context);
    try {
      const { token: inBody, ...rest } = await argumentsOf(context.req.raw);
      args = rest;
      const token = bearer(context.req.header('authorization')) ?? asText(inBody);
      const call: Call = { name, token, args };
      answer ??= { status: 200, body: answerCall(workspace, tokens, more, call) };
    } catch (refusal) {
      if (!(refusal instanceof SlackRefusal)) throw refusal;
      answer ??= { status: 200, body: { ok: false, error: refusal.code } };
    }
    const ms = performance.now() - startedMs;
    traffic.record({
      kind: 'call',
      method: name,
      args,
      status: answer.status,
      answer: asJson(answer.body),
      ms,
    });
    if (fault !== undefined && 'cut' in fault) context.env.incoming.socket.destroy();
    return json({ ...answer, headers: { ...answer.headers, 'x-oauth-scopes': workspace.scopes.join(',') } });
  });

  routes.post('/actions/*', async (context) => {
    const answer = (await meet(faults.take('response_url'), context)) ?? (await respond(context));
    const { pathname } = new URL(context.req.url);
    const args = await argumentsOf(context.req.raw.clone()).catch(() => ({}));
    traffic.record({
      kind: 'response_url',
      url: pathname,
      args,
      status: answer.status,
      answer: asJson(answer.body),
    });
    return json(answer);
  });

  async function respond(context: Context<Env>): Promise<Answer> {
    try {
      const body = await argumentsOf(context.req.raw.clone());
      answerByResponseUrl(workspace, new URL(context.req.url).pathname, body);
      return { status: 200, body: { ok: true } };
    } catch (refusal) {
      if (!(refusal instanceof SlackRefusal)) throw refusal;
      const isGone = ['used_url', 'expired_url', 'no_such_url'].includes(refusal.code);
      return { status: isGone ? 404 : 400, body: { ok: false, error: refusal.code, ...refusal.details } };
    }
  }

  routes.post('/upload/v1/:file', async (context) => {
    const file = workspace.state.files.get(context.req.param('file'));
    if (file === undefined) return context.text('not found', 404);
    const isForm = context.req.header('content-type')?.startsWith('multipart/form-data') === true;
    const sent = isForm ? [...(await context.req.raw.formData()).values()][0] : await context.req.text();
    file.content = typeof sent === 'string' ? sent : ((await sent?.text()) ?? '');
    return context.text(`OK - ${file.content.length}`);
  });

  return routes;
}
