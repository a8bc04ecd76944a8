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
 * The package parses HTTP in WebAssembly. V8 would optimize that within the first second, though the bot never parses much: it takes
 * 40 MB while V8 is at it, of which 10 stay at times, and a tenth of a second. To be called before the first request.
 */
function keepParserUnoptimized(): void {
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
}
