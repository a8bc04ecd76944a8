/** What came of moving or dropping the end of a timed activation. */
export type EndOutcome =
  | 'done'
  /** It has ended, or has no end any more. */
  | 'gone'
  /** It was to be moved, but not to a later moment. */
  | 'not_later';

/** Why an end is not moved: nobody who asks for more time means less. */
export const NOT_LATER = 'The access already lasts that long: there is nothing to extend.';
export const NOTHING_TO_EXTEND = 'The timed activation has ended meanwhile: there is nothing to extend.';
export const NOTHING_TO_KEEP =
  'The timed activation has ended or no longer has an end: there is nothing to keep.';
