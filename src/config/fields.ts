import * as z from 'zod';

/** A whole number between two bounds, in plain digits. */
export function wholeNumber(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .pipe(z.number(expected).min(min, expected).max(max, expected));
}

/** `true` or `false`, however capitalised. */
export const flag = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['true', 'false'], 'true or false'))
  .transform((text) => text === 'true');

/** A name of the IANA time zone database, as the runtime knows it. */
export const timeZone = z.string().refine((name) => {
  // Newer runtimes also take `+02:00`, which knows no summer time.
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}, 'a time zone name like Europe/Berlin');
