import { createHandler } from 'graphql-http/lib/use/fetch';
import { visibleWorkspaces } from '../mlops/workspace-record.ts';
import type { Call, Handlers, Platform } from '../platform.ts';
import type { Actor } from '../roles.ts';
import { bearerOf } from '../tokens/bearer.ts';
import { hasuraError, inHasuraShape } from './hasura-error.ts';
import { mutations } from './mutations.ts';
import { defaultWorkspace, memberRows, selected, selectedWorkspaces, workspaceRow } from './rows.ts';
import { createSchema } from './schema.ts';
import { holds, type Selection } from './where.ts';

const queries = (platform: Platform, caller: Actor) => ({
  workspace: (selection: Selection) => selectedWorkspaces(platform, caller, selection),
  workspace_by_pk: ({ id }: { id: number }) => {
    const found = visibleWorkspaces(platform, caller).find((workspace) => workspace.id === id);
    return found === undefined ? null : workspaceRow(found);
  },
  workspace_users: (selection: Selection) =>
    selected(visibleWorkspaces(platform, caller).flatMap(memberRows), selection),
  user_default_workspace: ({ where }: Selection) =>
    [...platform.state.users.values()]
      .filter((user) => holds({ user_id: user.id }, where))
      .map((user) => ({ user, workspace: defaultWorkspace(platform, user) }))
      .filter(({ workspace }) => workspace !== undefined)
      .map(({ user, workspace }) => ({ user_id: user.id, workspace: workspace && workspaceRow(workspace) })),
});

function refused(call: Call, code: string, message: string): Response {
  return call.json({ errors: [inHasuraShape(hasuraError(code, '$', message))] });
}

/** Hasura answers every error with 200 and without `data` (contract §7.1). */
async function withoutData(answer: Response): Promise<Response> {
  if (answer.status === 415 || answer.status === 405) return answer;
  const { errors, ...rest } = (await answer.json()) as { errors?: unknown };
  return Response.json(errors === undefined ? rest : { errors });
}

/** Contract §7. Hasura looks at the token only: the role comes from its claims, and nobody asks for the user's state. */
export const graphqlHandlers: Handlers<'graphql'> = {
  graphql: async (call, platform) => {
    const claims = await bearerOf(call, platform);
    if (claims === 'missing')
      return refused(
        call,
        'invalid-headers',
        "Missing 'Authorization' or 'Cookie' header in JWT authentication mode",
      );
    if (claims === 'expired') return refused(call, 'invalid-jwt', 'Could not verify JWT: JWTExpired');
    if (claims === 'invalid')
      return refused(call, 'invalid-jwt', 'Could not verify JWT: JWSError JWSInvalidSignature');
    const admin = claims['https://hasura.io/jwt/claims']['x-hasura-default-role'] === 'admin_user';
    const caller: Actor = { id: claims.sub, realmRoles: admin ? ['admin'] : [] };
    const handle = createHandler({
      schema: createSchema(platform.switches),
      rootValue: { ...queries(platform, caller), ...mutations(platform, caller) },
      formatError: (error) => inHasuraShape(error) as never,
    });
    const headers = { 'content-type': call.req.header('content-type') ?? '', accept: 'application/json' };
    const body = await call.req.text();
    return withoutData(await handle(new Request(call.req.url, { method: 'POST', headers, body })));
  },
};
