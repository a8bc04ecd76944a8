import type { z } from 'zod';

/** What a button's `value` holds as JSON; `undefined` for a value that is none of ours. Pure. */
export function readValue<T>(schema: z.ZodType<T>, value: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}
