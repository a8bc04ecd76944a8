import { ChatopsError } from '../errors.ts';
import { type Sentence, sentences } from './sentences.ts';

export type WallarooErrorCode = keyof typeof sentences;

/** What was asked; `path` is below the base URL and without its query. */
export interface Call {
  readonly method: string;
  readonly path: string;
}

export interface WallarooErrorOptions {
  /** For logs: the platform's words or what was wrong with its reply; never a token or password. */
  readonly detail?: string | undefined;
  readonly cause?: unknown;
  /** From the reply's `Retry-After`. */
  readonly retryAfterMs?: number | undefined;
  /** Where the code's usual sentence does not fit. */
  readonly userMessage?: string | undefined;
  /** @default as the code's sentence has it */
  readonly retryable?: boolean | undefined;
}

/** Any failure to do what was asked of the platform. `code` is one of `sentences`. */
export class WallarooError extends ChatopsError {
  declare readonly code: WallarooErrorCode;
  /** Whether the same call may succeed later without anybody mending something. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly call: Call;
  /** For logs: what `message` says behind method and path. */
  readonly detail: string;

  constructor(call: Call, code: WallarooErrorCode, options: WallarooErrorOptions = {}) {
    const { retryable, userMessage }: Sentence = sentences[code];
    const detail = options.detail ?? code.replaceAll('_', ' ');
    super(`${call.method} ${call.path}: ${detail}`, {
      code,
      userMessage: options.userMessage ?? userMessage,
      cause: options.cause,
    });
    this.call = call;
    this.detail = detail;
    this.retryable = options.retryable ?? retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The platform, or a rule of ours in its place, said no: nothing was changed. */
export class WallarooRefused extends WallarooError {}

/** The platform could not be asked, or failed while it was: whether it did what was asked is open. */
export class WallarooUnreachable extends WallarooError {}

/**
 * Something else answered in the platform's place, where the platform never has so far: its address may be wrong, or it is
 * still starting. Nothing was changed.
 */
export class WallarooStandIn extends WallarooRefused {
  constructor(call: Call, code: WallarooErrorCode, options: WallarooErrorOptions = {}) {
    // Another token may help against a refused one: then nobody waits.
    super(call, code, { ...options, retryable: code !== 'unauthorized' });
    // For logs and tests there are three kinds of failure.
    this.name = WallarooRefused.name;
  }
}

/** Something else answered in the platform's place, where the platform has answered before. */
export class WallarooAway extends WallarooUnreachable {
  constructor(call: Call, code: WallarooErrorCode, options: WallarooErrorOptions = {}) {
    super(call, code, options);
    this.name = WallarooUnreachable.name;
  }
}

/** The reply could not be understood: whether the platform did what was asked is open. */
export class WallarooUnreadable extends WallarooError {}

/** Whether it stays a no: the platform's own, unless it may say yes later, or that of something which has never let the bot through. */
export const staysRefused = (error: unknown): boolean =>
  error instanceof WallarooRefused && (!error.retryable || error instanceof WallarooStandIn);

/** For `catch`: `none` where the platform could not be asked or said no; whatever else is thrown goes on. */
export const orIfDown =
  <T>(none: T) =>
  (error: unknown): T => {
    if (error instanceof WallarooError) return none;
    throw error;
  };
