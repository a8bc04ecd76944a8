/**
 * A point in the bot's own records, told by their order and by no clock: replicas' clocks differ. What had ended by then
 * has a place at most as far as `seq` and is not among `open`.
 */
export interface RecordMark {
  /** The place of the latest entry in the trail. */
  readonly seq: number;
  /** Ids of changes that were under way, whose entry may have a place already that nobody else sees yet. */
  readonly open: readonly string[];
}
