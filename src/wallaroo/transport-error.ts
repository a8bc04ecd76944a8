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
  const said = error.cause instanceof Error ? error.cause.message : '';
  const code = codeOf(system, said);
  const why = code === 'proxy_refused' ? said : (system ?? said);
  return new WallarooUnreachable(call, code, {
    detail: `${error.message}${why === '' ? '' : ` (${why})`}`,
    cause: error,
  });
}

function codeOf(system: string | undefined, said: string): 'certificate' | 'proxy_refused' | 'unreachable' {
  if (system !== undefined && CERTIFICATE.test(system)) return 'certificate';
  // Of a tunnel, and of a request that the proxy carries itself, in the words of `undici`.
  const refused = system === 'ERR_PROXY_REFUSED' || said.startsWith('Proxy Authentication Required');
  return refused ? 'proxy_refused' : 'unreachable';
}
