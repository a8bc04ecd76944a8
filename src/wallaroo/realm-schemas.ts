import * as z from 'zod';

/** Seconds. */
const lifespan = z.number().nullish();

/** Keycloak's RealmRepresentation, as far as it is relied on; who may not view the realm gets hardly more than its name. */
export const realmSchema = z.object({
  editUsernameAllowed: z.boolean().nullish(),
  accessTokenLifespan: lifespan,
  ssoSessionMaxLifespan: lifespan,
  ssoSessionMaxLifespanRememberMe: lifespan,
  smtpServer: z.record(z.string(), z.unknown()).nullish(),
});

export type RealmOnWire = z.output<typeof realmSchema>;

const clientSchema = z.object({
  clientId: z.string().nullish(),
  /** Missing where the caller may not view the client. */
  enabled: z.boolean().nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
});

export type ClientOnWire = z.output<typeof clientSchema>;

export const clientsSchema = z.array(clientSchema);

export const sessionsSchema = z.array(z.object({ id: z.string() }));
