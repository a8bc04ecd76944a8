// Loaded before a program that is measured: tells who started it how it kept its event loop and its processor busy.

import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();
let since = { cpu: process.cpuUsage(), atMs: performance.now() };

// Each answer tells of the time since the one before.
process.on('message', () => {
  const { user, system } = process.cpuUsage(since.cpu);
  process.send?.({
    stallMs: Math.max(0, delays.max / 1e6 - RESOLUTION_MS),
    cpuMs: (user + system) / 1000,
    elapsedMs: performance.now() - since.atMs,
  });
  delays.reset();
  since = { cpu: process.cpuUsage(), atMs: performance.now() };
});
process.channel?.unref();
