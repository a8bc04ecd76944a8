import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RefusedError } from '../errors.ts';

const SEAL_BYTES = 16;

/** Characters that Slack takes of a modal's metadata (docs.slack.dev: modal views). */
const LONGEST = 3000;

const sealOf = (body: string, secret: string): Buffer =>
  createHmac('sha256', `private_metadata:${secret}`).update(body).digest().subarray(0, SEAL_BYTES);

/**
 * A modal's `private_metadata` that nobody can alter: JSON with a keyed digest, packed where it would be too long. Every
 * replica has the same `secret`, so none keeps state for an open modal.
 * @throws RefusedError where it is too long even so, as with many users of a directory whose ids are long.
 */
export function seal(data: unknown, secret: string): string {
  const json = JSON.stringify(data);
  const plain = sealed(json, secret);
  if (plain.length <= LONGEST) return plain;
  const packed = sealed(`${PACKED}${deflateRawSync(json).toString('base64url')}`, secret);
  if (packed.length > LONGEST) throw new RefusedError(TOO_MUCH);
  return packed;
}

const sealed = (body: string, secret: string): string =>
  `${sealOf(body, secret).toString('base64url')}.${body}`;

/** Stands in front of what is packed; JSON never begins so. */
const PACKED = '~';

const TOO_MUCH =
  'That is more than a form of Slack can hold, so nothing was done. Please name fewer users at once, or give a shorter reason.';

/** The data of a sealed text; `undefined` if anything of it was altered. */
export function unseal(text: string, secret: string): unknown {
  const dot = text.indexOf('.');
  const body = text.slice(dot + 1);
  const given = Buffer.from(text.slice(0, Math.max(dot, 0)), 'base64url');
  const expected = sealOf(body, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return JSON.parse(body.startsWith(PACKED) ? unpacked(body.slice(PACKED.length)) : body);
}

const unpacked = (text: string): string => inflateRawSync(Buffer.from(text, 'base64url')).toString();
