import { type Call, WallarooRefused } from './errors.ts';

const UNSUPPORTED = /user management is not supported/i;
const SEATS = /limit|seat|licen[cs]e|maximum|quota|too many/i;
const RIGHTS = /permission|privilege|forbidden|denied|not allowed|role|unauthori[sz]ed/i;

/**
 * Explains a 403 of a call of the platform's API that takes a seat (contract §5.2): the product's
 * configuration, the seats or the caller's rights, of which only the first's text is known. Words that say none of them
 * become `unexplained_refusal`: a count of the seats tells more.
 */
export function seatRefusal(call: Call, error: unknown): never {
  if (!(error instanceof WallarooRefused) || error.code !== 'missing_permission') throw error;
  const meaning = meaningOf(error.message);
  throw meaning === error.code ? error : new WallarooRefused(call, meaning, { cause: error });
}

function meaningOf(words: string) {
  if (UNSUPPORTED.test(words)) return 'user_management_unsupported';
  if (SEATS.test(words)) return 'license_full';
  if (RIGHTS.test(words)) return 'missing_permission';
  return 'unexplained_refusal';
}
