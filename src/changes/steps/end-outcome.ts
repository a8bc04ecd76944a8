import { PermanentFault } from '../apply/permanent-fault.ts';

/** What came of moving or dropping the end of a timed activation. */
export type EndOutcome =
  | 'done'
  /** It has ended, or has no end any more. */
  | 'gone'
  /** A try to end it is under way, or was left without an answer. */
  | 'ending'
  /** It was to be moved, but not to a later moment. */
  | 'not_later'
  /** It was to be moved to a moment that has passed. */
  | 'passed';

/** Why an end is neither moved nor dropped while nobody knows whether the access is still there. */
export const ENDING =
  'This access is just being ended, and Wallaroo has not confirmed it yet. Wait for the outcome, then try again; if the user is inactive by then, activate them.';

/** Why an end is not moved: nobody who asks for more time means less. */
export const NOT_LATER = 'The access already lasts that long: there is nothing to extend.';

/** Why an end that is put off, as Wallaroo is away, is not moved: the access would end at once. */
export const PASSED = 'By now that end would have passed, too. Choose a later one.';

/** Why a request about an end expires with the access that ends: `Request again` then asks to let the user in once more. */
export const ACCESS_ENDED = 'access_ended';

/** What is said where there is none any more. */
export interface Gone {
  readonly code: string;
  readonly sentence: string;
}

/** Why a step fails that an end was to be moved or dropped for. */
export function endFault(outcome: EndOutcome, gone: Gone): PermanentFault | undefined {
  switch (outcome) {
    case 'done':
      return undefined;
    case 'gone':
      return new PermanentFault(gone.code, gone.sentence);
    case 'ending':
      return new PermanentFault('ending', ENDING);
    case 'not_later':
      return new PermanentFault('not_later', NOT_LATER);
    case 'passed':
      return new PermanentFault('end_passed', PASSED);
  }
}
