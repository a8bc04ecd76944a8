import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { keycloakWords } from './keycloak/words.ts';
import type { Switches } from './switches.ts';

/** Ends the call with this answer. */
export function refuse(status: number, body: unknown, headers: Record<string, string> = {}): never {
  throw new HTTPException(status as ContentfulStatusCode, { res: Response.json(body, { status, headers }) });
}

/** An MLOps refusal: `code` repeats the status (contract §1). */
export const refuseApi = (status: number, msg: string): never => refuse(status, { msg, code: status });

/** Keycloak's 401 (contract §4). */
export const refuseUnauthorized = (): never => refuse(401, { error: 'HTTP 401 Unauthorized' });

export const refuseForbidden = (switches: Switches): never =>
  refuse(403, { error: keycloakWords(switches).forbidden });

export const keycloakNotFound = (switches: Switches): Record<string, string> =>
  switches.describedNotFound
    ? {
        error: 'User not found',
        error_description: 'For more on this error consult the server log at the debug level.',
      }
    : { error: 'User not found' };
