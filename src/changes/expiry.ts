import type { Change } from './change.ts';
import type { ChangeEvent } from './change-event.ts';

/** When a request expires: after its time to live, and no later than it could let somebody in. */
export const expiryOf = (
  createdAt: Date,
  requestTtlMs: number,
  ends: readonly (Date | undefined)[],
): Date => {
  const times = ends.filter((at) => at !== undefined).map((at) => at.getTime());
  return new Date(Math.min(createdAt.getTime() + requestTtlMs, ...times));
};

/** The same once somebody altered it. Of a time that is altered twice only the last counts. */
export const expiryAmended = (
  { createdAt, expiresAt }: Pick<Change, 'createdAt' | 'expiresAt'>,
  { lasting, requestTtlMs }: Pick<Amendment, 'lasting' | 'requestTtlMs'>,
): Date | undefined =>
  lasting === undefined || requestTtlMs === undefined
    ? expiresAt
    : expiryOf(createdAt, requestTtlMs, [lasting.endsAt]);

type Amendment = Extract<ChangeEvent, { type: 'amend' }>;
