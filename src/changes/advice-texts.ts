/** Sentences of passing faults say "try again in a minute": where the bot does, or it is too late, that is left out. */
export const withoutAdvice = (sentence: string): string =>
  sentence.replace(/(?:[:;,.]| and| before you)?\s*(?:please\s+)?try (?:it )?again\b[^.]*\./gi, '.');
