/** Short enough to be read out, long enough to be unique: 60 bits. `randomInt` gives a whole number below its argument. */
export function newChangeId(randomInt: (below: number) => number): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from({ length: 12 }, () => digits[randomInt(digits.length)]).join('');
}
