/** When an activation ends, and the change that will end it. */
export interface TimedEnd {
  readonly changeId: string;
  readonly at: Date;
}

/** The ends of timed activations, by the id of the user. */
export type TimedEnds = ReadonlyMap<string, TimedEnd>;
