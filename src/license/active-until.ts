import type { WallarooUser } from '../wallaroo/user.ts';

/** When an activation ends, and the change that will end it. */
export interface TimedEnd {
  readonly changeId: string;
  readonly at: Date;
}

/** The ends of timed activations, by the id of the user. */
export type TimedEnds = ReadonlyMap<string, TimedEnd>;

/** When the activation ends that this change will end, if it still does. */
export const endOfChange = (changeId: string, ends: TimedEnds): Date | undefined =>
  [...ends.values()].find((end) => end.changeId === changeId)?.at;

/** When the activation of a user ends, if it does. */
export const endOf = (
  { id, enabled }: Pick<WallarooUser, 'id' | 'enabled'>,
  ends: TimedEnds,
): Date | undefined => (enabled ? ends.get(id)?.at : undefined);
