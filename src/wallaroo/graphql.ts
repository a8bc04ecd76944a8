import * as z from 'zod';
import { once } from '../once.ts';
import { errorBodyOf } from './error-words.ts';
import { type Call, WallarooRefused, WallarooUnreachable, WallarooUnreadable } from './errors.ts';
import { statusError } from './status-error.ts';
import { observe, post, refusePage, understood, type Wire } from './wire.ts';

/** Loaded with the first question: it is a tenth of all code, and nobody waits for it to connect. */
const graphqlRequest = once(() => import('graphql-request'));

const call: Call = { method: 'POST', path: '/v1/graphql' };

const errorSchema = z.object({
  message: z.string(),
  extensions: z.object({ code: z.string().optional() }).optional(),
});

const errorsSchema = z.object({ errors: z.array(errorSchema).min(1) });

/** Hasura's codes that say that what was asked for is not there for us (contract §7.1). */
const NOT_OFFERED = ['validation-failed', 'permission-error', 'not-supported', 'access-denied'];
/** Hasura itself, or its database, did not come through with it: it may another time. */
const FAILED = /^unexpected$|postgres|timeout/;
const IMPROPER = 'affects zero rows';

/** A query that the instance's schema or permissions do not offer: another way may do. */
export class QueryNotOffered extends WallarooRefused {}

/** The platform's Hasura (contract §7). */
export class Graphql {
  readonly #wire: Wire;
  readonly #url: string;

  /** `apiBase` has no trailing slash. */
  constructor(wire: Wire, apiBase: string) {
    this.#wire = wire;
    this.#url = `${apiBase}${call.path}`;
  }

  /** Asks once. Errors come as HTTP 200 and are thrown by their code. */
  query<S extends z.ZodType>(
    token: string,
    document: string,
    variables: Record<string, unknown>,
    schema: S,
  ): Promise<z.output<S>> {
    return this.queryFor(token, document, variables, async (data) => understood(call, schema, data));
  }

  /** The same for an answer that may be long: `readData` makes of it what was asked for. */
  queryFor<T>(
    token: string,
    document: string,
    variables: Record<string, unknown>,
    readData: (data: unknown, call: Call) => Promise<T>,
  ): Promise<T> {
    return observe(this.#wire, call, async (sawStatus) => {
      const { ClientError, GraphQLClient } = await graphqlRequest();
      const client = new GraphQLClient(this.#url, {
        errorPolicy: 'all',
        headers: { authorization: `Bearer ${token}` },
        fetch: async (_url, init) => {
          const headers = Object.fromEntries(new Headers(init?.headers).entries());
          const reply = await post(this.#wire, { url: this.#url, headers, body: String(init?.body) });
          sawStatus(reply.status);
          const failed = reply.status < 200 || reply.status > 299;
          const body = failed ? errorBodyOf(reply.text) : undefined;
          // A proxy or another Hasura setting may give GraphQL's errors a status of their own.
          if (failed && !errorsSchema.safeParse(body).success) throw statusError(call, { ...reply, body });
          const { text } = reply;
          refusePage(call, text);
          return new Response(text, { status: 200, headers: reply.headers });
        },
      });
      const { data, errors } = await client.rawRequest(document, variables).catch((error: unknown) => {
        throw withoutReply(error, error instanceof ClientError);
      });
      if (errors !== undefined) throw queryError(errors);
      return readData(data, call);
    });
  }
}

/** `graphql-request` complains of a reply that is not GraphQL in plain errors that quote it. */
function withoutReply(error: unknown, isOfClient: boolean): unknown {
  const quotes = error instanceof SyntaxError || isOfClient;
  if (quotes || (error instanceof Error && error.message.includes('execution result')))
    return new WallarooUnreadable(call, 'malformed');
  return error;
}

function queryError(errors: unknown): Error {
  const [first] = understood(call, z.array(errorSchema), errors);
  const code = first?.extensions?.code ?? 'no code';
  const options = { detail: `${code}, ${JSON.stringify(first?.message.slice(0, 200))}` };
  if (code === 'invalid-jwt') return new WallarooRefused(call, 'unauthorized', options);
  if (first?.message.includes(IMPROPER)) return new WallarooRefused(call, 'improper_account', options);
  if (NOT_OFFERED.includes(code)) return new QueryNotOffered(call, 'missing_permission', options);
  if (FAILED.test(code)) return new WallarooUnreachable(call, 'platform_error', options);
  return new WallarooRefused(call, 'invalid_request', options);
}
