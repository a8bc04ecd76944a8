import { z } from 'zod';
import type { Call, Platform } from '../platform.ts';
import { refuseApi } from '../refusals.ts';
import { bearerOf } from '../tokens/bearer.ts';
import type { WallarooUser } from '../user.ts';

/** Who calls the MLOps API. The words of its 401 aren't known (contract §11.5). */
export async function apiCaller(call: Call, platform: Platform): Promise<WallarooUser> {
  const claims = await bearerOf(call, platform);
  if (typeof claims === 'string') return refuseApi(401, `token is ${claims}`);
  const caller = platform.state.users.get(claims.sub);
  if (caller === undefined) return refuseApi(401, 'token is of an unknown user');
  if (!caller.enabled && platform.switches.disabledTokenAtApi === 'refused')
    return refuseApi(401, 'token is of a disabled user');
  return caller;
}

/**
 * The call's JSON body; fields that the schema does not know are ignored, and no Content-Type is asked for
 * (contract §1, §5.1). 400, whose words aren't known, for anything else.
 */
export async function apiBody<T extends z.ZodType>(call: Call, schema: T): Promise<z.infer<T>> {
  const text = await call.req.text();
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return refuseApi(400, 'body is not JSON');
    if (error instanceof z.ZodError) return refuseApi(400, z.prettifyError(error));
    throw error;
  }
}
