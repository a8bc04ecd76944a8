import { resolve } from 'node:path';
import { thrownWords } from '../thrown.ts';
import { databaseKind } from './connect.ts';
import { isLinkFault } from './postgres-links.ts';

/** Why a database cannot be used, for the people who run the bot. */
export interface DatabaseFault {
  readonly problem: string;
  readonly remedy: string;
  /** Whether it may be over in a moment: a server that starts, another process that makes the tables. */
  readonly passing: boolean;
}

/** File systems, SQLite (result codes 14 and 26) and PostgreSQL (SQLSTATE) where trying again helps nobody. */
const LASTING =
  /^(E(ACCES|EXIST|ISDIR|NOENT|NOTDIR|PERM|ROFS|NOSPC)|SQLITE_(CANTOPEN|NOTADB|READONLY).*|28...|3D000|42501)$/;
/** Codes of Node's for a certificate that it does not trust. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;
/** The driver's words for a server without TLS; it gives them no code. */
const NO_TLS = /does not support SSL/i;
/** How the driver tells result code 14, to which it gives no code. */
const CANNOT_OPEN = /unable to open connection to local database/i;

/** No room: on the disk of the file, or of the server. */
const FULL = /^(SQLITE_FULL|53100|ENOSPC|EDQUOT)$/;
/** A standby, or a server, database or user that is set to read only. */
const READ_ONLY = '25006';
const WRONG_PASSWORD = '28P01';
const NO_DATABASE = '3D000';
/**
 * The database takes nothing: another program keeps the file, its disk fails or only reads, or the server cannot be reached,
 * lets this user or their statement through no more, or lacks what it needs.
 */
const AWAY =
  /^(SQLITE_(BUSY|LOCKED|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB).*|E(NOTFOUND|AI_AGAIN)|28...|3D000|42501|42P01|53[023]..|55000|57014|58...)$/;
const NO_LINK = /^timeout exceeded when trying to connect/;

/** Whether an error says that there is no room for another write. Reading goes on. */
export const isFull = (error: unknown): boolean => FULL.test(told(error).code);

/** Whether an error says that the database could not be asked: what was to be done was not. */
export function isAway(error: unknown): boolean {
  const { code, message } = told(error);
  return isLinkFault(error) || AWAY.test(code) || NO_LINK.test(message);
}

/** What people read when the database is the trouble; `undefined` when it is not. */
export function databaseSentence(error: unknown): string | undefined {
  if (isFull(error))
    return "The bot's database is full, so it can keep nothing. Nothing was announced. Please tell the people who run this bot: its disk needs room.";
  if (isAway(error))
    return "The bot's database does not answer, or takes no write. Nothing was announced; please try again in a minute. If it lasts, tell the people who run this bot.";
  return undefined;
}

/** Puts an error of the driver into words. It never tells a password: drivers leave it out, and so do we. */
export function databaseFault(url: string, error: unknown): DatabaseFault {
  const { code, message } = told(error);
  const passing = !LASTING.test(code) && !CERTIFICATE.test(code) && !NO_TLS.test(message);
  return databaseKind(url) === 'file'
    ? {
        problem: `the file ${resolve(url.replace(/^file:/, ''))} cannot be opened: ${message}`,
        remedy: FULL.test(code)
          ? 'make room on the disk that holds it'
          : 'choose a path that the bot may write to; if another file lies there, move it away',
        passing,
      }
    : {
        problem: `PostgreSQL cannot be used: ${message}${CERTIFICATE.test(code) ? ` (${code})` : ''}`,
        remedy: postgresRemedy(code, message),
        passing,
      };
}

function postgresRemedy(code: string, message: string): string {
  if (/ALTNAME/.test(code))
    return 'the certificate is for another host: set DATABASE_URL to the name it is for';
  if (/EXPIRED|NOT_YET_VALID/.test(code))
    return "renew the server's certificate, unless this machine's clock is wrong";
  if (CERTIFICATE.test(code))
    return 'make the authority of its certificate known to the bot, with NODE_EXTRA_CA_CERTS=/path/to/ca.pem or with ?sslrootcert=/path/to/ca.pem at the end of DATABASE_URL';
  if (NO_TLS.test(message)) return 'switch TLS on at the server, or take sslmode out of DATABASE_URL';
  if (FULL.test(code)) return "make room on the server's disk";
  if (code === READ_ONLY)
    return 'the server takes no writes, as a standby, or one set to read only: set DATABASE_URL to the one that does';
  if (/no encryption/.test(message))
    return 'the server wants TLS: put ?sslmode=require at the end of DATABASE_URL';
  if (code === WRONG_PASSWORD)
    return 'set DATABASE_URL to a user and password that the server takes, with % # / ? : @ in them percent-encoded';
  if (code === NO_DATABASE) return 'make that database, or set DATABASE_URL to one that is there';
  return 'check the address, that the server runs, and that this user may connect to the database and make tables in it';
}

function told(thrown: unknown): { readonly code: string; readonly message: string } {
  const { message, code } = thrownWords(thrown);
  // Several tries, as for a name with two addresses: the first tells enough.
  if (message === '' && thrown instanceof AggregateError) return told(thrown.errors[0]);
  if (CANNOT_OPEN.test(message)) return { code: 'SQLITE_CANTOPEN', message: 'SQLite cannot open or make it' };
  return { code, message };
}
