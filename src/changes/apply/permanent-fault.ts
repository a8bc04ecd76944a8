import { ChatopsError } from '../../errors.ts';

/** A reason that no repetition mends. */
export class PermanentFault extends ChatopsError {
  constructor(code: string, sentence: string, cause?: unknown) {
    super(code, { code, userMessage: sentence, cause });
  }
}
