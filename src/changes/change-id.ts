import { randomInt } from 'node:crypto';

/** Short enough to be read out, long enough to be unique: 60 bits. */
export function newChangeId(): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from({ length: 12 }, () => digits[randomInt(digits.length)]).join('');
}
