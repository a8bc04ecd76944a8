import { folded } from './fold.ts';
import { seenText } from './plain-text.ts';
import { likeliest } from './readings.ts';

/** The words that a search looks for, folded, freed of what nobody sees and of what people put around them. */
export const searchWords = (typed: string): readonly string[] =>
  seenText(typed)
    .split(' ')
    .map((word) => folded(likeliest(word)))
    // A dash between two words is none.
    .filter((word) => /[\p{L}\p{N}_]/u.test(word));
