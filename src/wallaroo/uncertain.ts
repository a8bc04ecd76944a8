import { type Call, WallarooError, WallarooUnreachable, WallarooUnreadable } from './errors.ts';

/** A failure after which a write may still have taken effect. */
export type Uncertain = WallarooUnreachable | WallarooUnreadable;

/** Makes a write: `undefined` once it is confirmed, the failure when that is open. Rejects when it was refused. */
export async function unconfirmed(write: Promise<unknown>): Promise<Uncertain | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    if (error instanceof WallarooUnreachable || error instanceof WallarooUnreadable) return error;
    throw error;
  }
}

/** Reads back after a write. When that fails, nobody knows what became of it, and the error says so. */
export async function readBack<T>(
  call: Call,
  failure: Uncertain | undefined,
  look: () => Promise<T>,
): Promise<T> {
  try {
    return await look();
  } catch (error) {
    const causes = failure === undefined ? [error] : [failure, error];
    const cause = new AggregateError(causes, 'written, perhaps, but not read back');
    const retryAfterMs = error instanceof WallarooError ? error.retryAfterMs : undefined;
    throw new WallarooUnreachable(call, 'outcome_unknown', { cause, retryAfterMs });
  }
}
