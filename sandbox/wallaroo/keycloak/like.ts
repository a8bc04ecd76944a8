/** Whether SQL's LIKE holds: `%` and `_` are wildcards, case counts. */
export function sqlLike(value: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}

/** As {@link sqlLike} without regard to case; a value that is missing is like nothing. */
export function like(value: string | undefined, pattern: string): boolean {
  return value !== undefined && sqlLike(value.toLowerCase(), pattern.toLowerCase());
}
