/** Sentences of passing faults may end with "try again in a minute": where the bot does, or it is too late, that is left out. */
export const withoutAdvice = (sentence: string): string =>
  sentence.replace(/[:;,.]?\s*(?:please\s+)?try (?:it )?again\b[^.]*\.$/i, '.');
