import { RefusedError } from '../errors.ts';

/** Somebody may not do what only administrators do. `administrators` are mentions of those whom they can ask. */
export const onlyAdministrators = (administrators: string): RefusedError =>
  new RefusedError('Only administrators of this bot may do that.', `Please ask ${administrators}.`);
