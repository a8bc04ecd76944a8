import type { Config } from '../config.ts';
import { type LicenseRules, readMeter } from '../license/license-desk.ts';
import { namesOf } from '../license/seats.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { createWallarooClient, type WallarooClientOptions } from '../wallaroo/create-client.ts';
import type { WallarooUser } from '../wallaroo/user.ts';

/** What the settings say of the license. `administrators` names whom people ask, as they are to read it. */
export const licenseRules = (
  config: Pick<Config, 'WALLAROO_EDITION' | 'LICENSE_SEATS' | 'LICENSE_WARN_AT' | 'SEAT_EXEMPT'>,
  administrators: string,
): LicenseRules => ({
  license:
    config.WALLAROO_EDITION === 'enterprise'
      ? { edition: 'enterprise' }
      : { edition: 'community', seats: config.LICENSE_SEATS, warnAt: config.LICENSE_WARN_AT },
  exempt: namesOf(config.SEAT_EXEMPT),
  administrators,
});

/** The settings that tell where the platform is, and as whom we ask it. */
type PlatformConfig = Pick<
  Config,
  | 'WALLAROO_URL'
  | 'WALLAROO_AUTH_URL'
  | 'WALLAROO_USER'
  | 'WALLAROO_PASSWORD'
  | 'WALLAROO_CLIENT_ID'
  | 'WALLAROO_CLIENT_SECRET'
  | 'WALLAROO_USERS_VIA'
>;

/** The client of the instance that the settings name. */
export const platformClient = (
  config: PlatformConfig,
  options: Pick<WallarooClientOptions, 'timeoutMs' | 'now' | 'onRequest'>,
): WallarooClient =>
  createWallarooClient({
    ...options,
    apiUrl: config.WALLAROO_URL,
    authUrl: config.WALLAROO_AUTH_URL,
    username: config.WALLAROO_USER,
    password: config.WALLAROO_PASSWORD,
    clientId: config.WALLAROO_CLIENT_ID,
    clientSecret: config.WALLAROO_CLIENT_SECRET,
    usersVia: config.WALLAROO_USERS_VIA,
  });

/** The same client; `seen` hears of each list, and how many seats it shows as taken. */
export const countingSeats = (
  client: WallarooClient,
  rules: LicenseRules,
  seen: (taken: number, users: readonly WallarooUser[]) => void,
): WallarooClient => ({
  ...client,
  listUsers: async (options) => {
    const users = await client.listUsers(options);
    seen(readMeter(rules, users).taken, users);
    return users;
  },
});
