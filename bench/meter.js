// Loaded before a program that is measured: tells who started it how it kept its event loop and its processor busy.

import { openSync, readSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Linux tells what one thread has had of the processor (man proc_pid_schedstat); elsewhere all threads count. */
function threadClock() {
  try {
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    const text = Buffer.alloc(64);
    return () => Number.parseInt(text.latin1Slice(0, readSync(file, text, 0, text.length, 0)), 10) / 1e6;
  } catch {
    return processorMs;
  }
}

const threadMs = threadClock();
// What the thread itself did between two looks, however long it waited for a processor that others kept busy.
let last = threadMs();
let longestWorkMs = 0;
const sample = () => {
  const now = threadMs();
  longestWorkMs = Math.max(longestWorkMs, now - last);
  last = now;
};
let sampling;

/** Looking 200 times a second takes more of the processor than a program that is idle. */
function setSampling(isOn) {
  clearInterval(sampling);
  if (isOn) {
    delays.enable();
    last = threadMs();
    sampling = setInterval(sample, RESOLUTION_MS).unref();
  } else delays.disable();
}
setSampling(true);

let since = { cpuMs: processorMs(), atMs: performance.now() };

// Each answer tells of the time since the one before; `processor` wants to know of that alone until the next.
process.on('message', (asked) => {
  process.send?.({
    stallMs: Math.max(0, delays.max / 1e6 - RESOLUTION_MS),
    workMs: longestWorkMs,
    cpuMs: processorMs() - since.cpuMs,
    elapsedMs: performance.now() - since.atMs,
  });
  setSampling(asked !== 'processor');
  delays.reset();
  longestWorkMs = 0;
  since = { cpuMs: processorMs(), atMs: performance.now() };
});
process.channel?.unref();
