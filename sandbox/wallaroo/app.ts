import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { getPath } from 'hono/utils/url';
import type { Faults } from './faults.ts';
import { graphqlHandlers } from './graphql/graphql-route.ts';
import { accountHandlers } from './keycloak/account-routes.ts';
import { realmHandlers } from './keycloak/realm-routes.ts';
import { keycloakHandlers } from './keycloak/user-routes.ts';
import { keycloakWords } from './keycloak/words.ts';
import { featuresHandlers } from './mlops/features-route.ts';
import { usersHandlers } from './mlops/users-routes.ts';
import { workspacesHandlers } from './mlops/workspaces-routes.ts';
import type { Call, Env, Handlers, Platform } from './platform.ts';
import { type EndpointName, endpointNames, supported } from './supported.ts';
import { tokenHandlers } from './tokens/token-routes.ts';
import type { Traffic } from './traffic.ts';

const handlers: Handlers<EndpointName> = {
  ...tokenHandlers,
  ...keycloakHandlers,
  ...accountHandlers,
  ...realmHandlers,
  ...usersHandlers,
  ...workspacesHandlers,
  ...featuresHandlers,
  ...graphqlHandlers,
  // Nothing else about it is known (contract §8, §11.10).
  config: (call) => call.json({ default_arch: 'X86' }),
};

const isKeycloaks = (call: Call): boolean => call.req.path.startsWith('/auth/');

/** Keycloak and the MLOps API refuse in their own shapes (contract §1, §4). */
const notFound = (call: Call): Response =>
  isKeycloaks(call)
    ? call.json({ error: 'HTTP 404 Not Found' }, 404)
    : call.json({ msg: 'Not Found', code: 404 }, 404);

function wrongMethod(call: Call, { switches }: Platform, allow: string): Response {
  const body = isKeycloaks(call)
    ? { error: keycloakWords(switches).wrongMethod(call.req.method) }
    : { msg: 'Method Not Allowed', code: 405 };
  return call.json(body, 405, { allow });
}

/** To Keycloak a path with a slash at its end is the same; its own admin client lists users that way. */
function keycloakTolerant(request: Request): string {
  const path = getPath(request);
  return path.startsWith('/auth/') ? path.replace(/\/$/, '') : path;
}

/** All routes of the platform; each is recorded, then faulted, then handled. */
export function createApp(platform: Platform, faults: Faults, traffic: Traffic): Hono<Env> {
  const app = new Hono<Env>({ getPath: keycloakTolerant });
  const paths = [...new Set(endpointNames.map((name) => supported[name].path))];
  for (const path of paths) {
    const here = endpointNames.filter((name) => supported[name].path === path);
    for (const name of here)
      app.on(supported[name].method, path, traffic.record(name), faults.at(name), (call) =>
        handlers[name](call, platform),
      );
    const allow = here.map((name) => supported[name].method).join(', ');
    app.all(path, traffic.record('unknown'), (call) => wrongMethod(call, platform, allow));
  }
  app.all('*', traffic.record('unknown'), notFound);
  app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse();
    throw error;
  });
  return app;
}
