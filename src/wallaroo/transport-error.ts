import { type Call, type WallarooError, WallarooUnreachable } from './errors.ts';

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

/** The system's or TLS's code of a failed `fetch`, which hides it in its cause. */
function systemCode(error: Error): string | undefined {
  const { cause } = error;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

/** A failure of `fetch` as one of ours. @throws `error` itself when `fetch` cannot have caused it. */
export function transportError(call: Call, error: unknown): WallarooError {
  if (error instanceof Error && error.name === 'TimeoutError')
    return new WallarooUnreachable(call, 'timeout', { cause: error });
  // `fetch failed` before the reply's head, `terminated` while its body is read.
  if (!(error instanceof TypeError) || error.cause === undefined) throw error;
  const system = systemCode(error);
  const code = system !== undefined && CERTIFICATE.test(system) ? 'certificate' : 'unreachable';
  return new WallarooUnreachable(call, code, {
    detail: `${error.message}${system === undefined ? '' : ` (${system})`}`,
    cause: error,
  });
}
