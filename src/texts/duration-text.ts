const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** "7 days", "90 minutes": whole numbers of the largest unit that fits. */
export function durationText(ms: number): string {
  const [name, unit] = UNITS.find(([, size]) => ms % size === 0 && ms >= size) ?? (['second', 1000] as const);
  const n = Math.round(ms / unit);
  return `${n} ${name}${n === 1 ? '' : 's'}`;
}
