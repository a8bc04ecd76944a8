/** Whether SQL's LIKE holds, `%` and `_` as wildcards, on the lowercased value. */
export function like(value: string | undefined, pattern: string): boolean {
  if (value === undefined) return false;
  const expression = pattern
    .toLowerCase()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${expression}$`, 's').test(value.toLowerCase());
}
