import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';

/** After the first passes of the duties, which take memory as well, ms. */
const AFTER_MS = 1500;
/** 25 MB of objects take V8 some 40 ms; with the users of a large instance among them it would take too long, bytes. */
const MOST_OBJECTS = 48 * 1024 * 1024;

/**
 * Has V8 give back, soon after the start, the memory that only the start needed. V8 does so by its own rules once a program does
 * nothing for half a minute. The only way to ask for it is the one of Node's inspector
 * (chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-collectGarbage); a Node that is built without one goes on
 * as it is.
 */
export function giveBackStartMemory(log: Logger): void {
  setTimeout(() => {
    const { used_heap_size: objectBytes } = getHeapStatistics();
    if (objectBytes > MOST_OBJECTS) return;
    collectGarbage().then(
      (tookMs) => log.debug({ objectBytes, tookMs }, 'the memory of the start is given back'),
      (error: unknown) => log.debug({ err: error }, 'the memory of the start is kept'),
    );
  }, AFTER_MS).unref();
}

/** Answers how long it took, ms. */
async function collectGarbage(): Promise<number> {
  const session = new (process.getBuiltinModule('node:inspector').Session)();
  session.connect();
  const began = performance.now();
  await new Promise<void>((resolve, reject) =>
    session.post('HeapProfiler.collectGarbage', (error) => (error ? reject(error) : resolve())),
  );
  // Not while the answer is told: Node 20 stands still then.
  setImmediate(() => session.disconnect());
  return performance.now() - began;
}
