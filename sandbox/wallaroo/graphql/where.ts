import { like, sqlLike } from '../keycloak/like.ts';

/** A row of a table by its column names; relations are functions and are not compared here. */
export type Row = Readonly<Record<string, unknown>>;
export type BoolExp = Readonly<Record<string, unknown>>;

type Scalar = string | number | boolean;

function compares(operator: string, value: unknown, wanted: unknown): boolean {
  if (operator === '_is_null') return (value === null || value === undefined) === wanted;
  // As in SQL, nothing but "is null" holds for null.
  if (value === null || value === undefined) return false;
  const [left, right] = [value as Scalar, wanted as Scalar];
  switch (operator) {
    case '_eq':
      return left === right;
    case '_neq':
      return left !== right;
    case '_gt':
      return left > right;
    case '_gte':
      return left >= right;
    case '_lt':
      return left < right;
    case '_lte':
      return left <= right;
    case '_in':
      return (wanted as Scalar[]).includes(left);
    case '_nin':
      return !(wanted as Scalar[]).includes(left);
    case '_ilike':
      return like(`${left}`, `${right}`);
    case '_like':
      return sqlLike(`${left}`, `${right}`);
    default:
      throw new Error(`The sandbox's GraphQL does not know the operator ${operator}.`);
  }
}

/**
 * Whether Hasura's `where` holds for the row. A relation named in it holds if it does for any related row;
 * an empty expression holds always.
 */
export function holds(
  row: Row,
  where: BoolExp | null | undefined,
  related: Readonly<Record<string, readonly Row[]>> = {},
): boolean {
  return Object.entries(where ?? {}).every(([key, wanted]) => {
    const rows = related[key];
    if (rows !== undefined) return rows.some((one) => holds(one, wanted as BoolExp));
    if (key === '_and') return (wanted as BoolExp[]).every((one) => holds(row, one, related));
    if (key === '_or') return (wanted as BoolExp[]).some((one) => holds(row, one, related));
    if (key === '_not') return !holds(row, wanted as BoolExp, related);
    return Object.entries(wanted as BoolExp).every(([operator, value]) =>
      compares(operator, row[key], value),
    );
  });
}

export interface Selection {
  readonly where?: BoolExp | null;
  readonly order_by?: readonly Readonly<Record<string, string>>[] | null;
  readonly limit?: number | null;
  readonly offset?: number | null;
}

/** Sorts by Hasura's `order_by` and cuts by `offset` and `limit`. */
export function arranged<T extends Row>(rows: readonly T[], { order_by, limit, offset }: Selection): T[] {
  const keys = (order_by ?? []).flatMap((one) => Object.entries(one));
  const sorted = [...rows].sort((a, b) => {
    for (const [column, direction] of keys) {
      const [left, right] = [a[column] as Scalar, b[column] as Scalar];
      if (left !== right) return (left < right ? -1 : 1) * (direction.startsWith('asc') ? 1 : -1);
    }
    return 0;
  });
  const start = offset ?? 0;
  return sorted.slice(start, typeof limit === 'number' ? start + limit : undefined);
}
