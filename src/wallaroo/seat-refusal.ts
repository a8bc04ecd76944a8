import { type Call, WallarooRefused } from './errors.ts';

const UNSUPPORTED = 'user management is not supported';
/** Words of rights, or no words at all, as of a proxy. */
const RIGHTS = /permission|forbidden|not allowed|role|unauthori[sz]ed|status 403$/i;

/**
 * Explains a 403 of a call of the platform's API that takes a seat (contract §5.2): the product's
 * configuration, the caller's rights or the seats; only its text tells which.
 */
export function seatRefusal(call: Call, error: unknown): never {
  if (!(error instanceof WallarooRefused) || error.code !== 'missing_permission') throw error;
  if (error.message.includes(UNSUPPORTED))
    throw new WallarooRefused(call, 'user_management_unsupported', { cause: error });
  if (RIGHTS.test(error.message)) throw error;
  throw new WallarooRefused(call, 'license_full', { cause: error });
}
