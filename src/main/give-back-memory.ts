import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';

/** How long the event loop has to be idle first, ms: nobody should wait for V8. */
const IDLE_MS = 1000;
/** Of `IDLE_MS`, what an idle bot may be busy. */
const IDLE_UTILIZATION = 0.1;
/** V8 has given the memory back by then. */
const LOOKS = 30;
/** 25 MB of objects take V8 some 40 ms; with the users of a large instance among them it would take too long, bytes. */
const MOST_OBJECTS = 48 * 1024 * 1024;

/**
 * Has V8 give back, soon after the start, the memory that only the start needed. V8 does so by its own rules half a minute later.
 * The only way to ask for it is the one of Node's inspector
 * (chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-collectGarbage); a Node that is built without one goes on
 * as it is.
 */
export async function giveBackStartMemory(log: Logger): Promise<void> {
  try {
    if (!(await isIdleSoon())) return;
    const { used_heap_size: objectBytes } = getHeapStatistics();
    if (objectBytes > MOST_OBJECTS) return;
    const tookMs = await collectGarbage();
    log.debug({ objectBytes, tookMs }, 'the memory of the start is given back');
  } catch (error) {
    log.debug({ err: error }, 'the memory of the start is kept');
  }
}

async function isIdleSoon(): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    const before = performance.eventLoopUtilization();
    await wait(IDLE_MS, undefined, { ref: false });
    if (performance.eventLoopUtilization(before).utilization < IDLE_UTILIZATION) return true;
  }
  return false;
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
