/** What every error of ours carries beside its message. */
export interface ChatopsErrorOptions {
  /** Stable, for logs and tests: never shown alone to people. */
  readonly code: string;
  /** One friendly sentence: what is wrong and what to do. Slack mrkdwn-free plain text. */
  readonly userMessage: string;
  readonly cause?: unknown;
}

/**
 * The base of all errors that this project throws. `message` is for logs (method and path, never a
 * secret); `userMessage` is for the person who pressed the button.
 */
export class ChatopsError extends Error {
  readonly code: string;
  readonly userMessage: string;

  constructor(message: string, options: ChatopsErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.userMessage = options.userMessage;
  }
}

/** A person may not do what they tried: an expected outcome, told without a reference. */
export class RefusedError extends ChatopsError {
  /** What stands behind the reason in Slack: mrkdwn of ours, such as whom to ask instead. */
  readonly mrkdwnNext: string;

  constructor(reason: string, mrkdwnNext = '') {
    super(`refused: ${reason}`, { code: 'refused', userMessage: reason });
    this.mrkdwnNext = mrkdwnNext;
  }
}
