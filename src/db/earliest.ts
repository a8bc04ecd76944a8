/** The moment that a query of the smallest of some times tells as `at`; `undefined` where it found no row. */
export async function earliest(
  row: Promise<{ readonly at: number | string | null } | undefined>,
): Promise<Date | undefined> {
  const at = (await row)?.at ?? null;
  return at === null ? undefined : new Date(Number(at));
}
