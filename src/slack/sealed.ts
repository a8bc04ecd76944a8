import { createHmac, timingSafeEqual } from 'node:crypto';

const SEAL_BYTES = 16;

const sealOf = (body: string, secret: string): Buffer =>
  createHmac('sha256', `private_metadata:${secret}`).update(body).digest().subarray(0, SEAL_BYTES);

/**
 * A modal's `private_metadata` that nobody can alter: JSON with a keyed digest. Every replica has the same
 * `secret`, so none keeps state for an open modal. Slack allows 3000 characters.
 */
export function seal(data: unknown, secret: string): string {
  const body = JSON.stringify(data);
  return `${sealOf(body, secret).toString('base64url')}.${body}`;
}

/** The data of a sealed text; `undefined` if anything of it was altered. */
export function unseal(text: string, secret: string): unknown {
  const dot = text.indexOf('.');
  const body = text.slice(dot + 1);
  const given = Buffer.from(text.slice(0, Math.max(dot, 0)), 'base64url');
  const expected = sealOf(body, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return JSON.parse(body);
}
