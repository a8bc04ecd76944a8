import { z } from 'zod';
import type { Call } from '../platform.ts';
import { refuse } from '../refusals.ts';
import type { Switches } from '../switches.ts';
import { keycloakWords } from './words.ts';

/** The UserRepresentation that a client sends; null counts as left out, as in Keycloak's Java. */
const userBody = z.object({
  id: z.string().nullish(),
  username: z.string().nullish(),
  email: z.string().nullish(),
  emailVerified: z.boolean().nullish(),
  enabled: z.boolean().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  attributes: z.record(z.string(), z.array(z.string())).nullish(),
  requiredActions: z.array(z.string()).nullish(),
  credentials: z
    .array(z.object({ value: z.string().optional(), temporary: z.boolean().optional() }))
    .nullish(),
});

export type UserBody = z.infer<typeof userBody>;

/** Known to Keycloak beside those above, and without effect in an update. */
const inertProperties = [
  'createdTimestamp',
  'totp',
  'federationLink',
  'serviceAccountClientId',
  'disableableCredentialTypes',
  'federatedIdentities',
  'realmRoles',
  'clientRoles',
  'clientConsents',
  'notBefore',
  'applicationRoles',
  'socialLinks',
  'groups',
  'self',
  'origin',
  'access',
  'userProfileMetadata',
];

const known = new Set([...Object.keys(userBody.shape), ...inertProperties]);

/** Reads a PUT's or POST's body: 415 unless it is JSON, 400 if it can't be read (contract §4.5). */
export async function readUserBody(call: Call, switches: Switches): Promise<UserBody> {
  const type = call.req.header('content-type') ?? '';
  if (!type.startsWith('application/json'))
    return refuse(415, { error: keycloakWords(switches).wrongMediaType });
  const json = await jsonOf(call, switches);
  const parsed = userBody.safeParse(json);
  if (!parsed.success) return refuse(400, keycloakWords(switches).wrongType);
  const unknown = Object.keys(Object(json)).find((property) => !known.has(property));
  if (switches.refuseUnknownProperties && unknown !== undefined)
    return refuse(400, { error: keycloakWords(switches).unknownProperty(unknown) });
  return parsed.data;
}

async function jsonOf(call: Call, switches: Switches): Promise<unknown> {
  try {
    return JSON.parse(await call.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(400, keycloakWords(switches).brokenJson);
    throw error;
  }
}
