import { setFlagsFromString } from 'node:v8';
import { install } from 'undici';

/**
 * From now on `fetch` of this process is the one that Socket Mode brings along. Node's own is a second copy of the same package,
 * loaded and compiled when somebody first calls it.
 */
export function useOneFetch(): void {
  keepParserUnoptimized();
  install();
}

/**
 * The package parses HTTP in WebAssembly, which V8 would optimize within the first second, for a loop that is never busy: that
 * takes 40 MB at its peak, 10 of them for good, and half a start of a processor. To be called before the first request.
 */
function keepParserUnoptimized(): void {
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
}
