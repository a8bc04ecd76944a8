import { once } from 'node:events';
import { SonicBoom } from 'sonic-boom';

/** So much is kept while nothing can be written; later lines are dropped and counted. */
const KEPT_BYTES = 1024 * 1024;
const STDOUT = 1;

/** Where log lines go. Nothing that happens to it throws, blocks or ends the process. */
export interface LogDestination {
  write(line: string): void;
  /** Why nothing can be written now (`ENOSPC`, `EPIPE`, …); `undefined` while all is well. */
  readonly fault: string | undefined;
  /** Lines that were dropped since the start. */
  readonly lostLines: number;
  /** Waits until all lines are written. False where that fails, or takes longer than `withinMs`. */
  flushed(withinMs: number): Promise<boolean>;
}

export interface LogDestinationOptions {
  /** @default standard output */
  readonly fd?: number;
  /** Told once each time that writing begins to fail. */
  readonly onFault: (code: string) => void;
}

/**
 * Writes to a file descriptor in the background. Where that fails (disk full, closed pipe) or hangs (a reader that does
 * not read) lines are kept up to a mebibyte, then dropped and counted, and work goes on. What was kept is written once
 * there is room. pino's own destination ends the process at such an error and, as it leaves, tries forever:
 * sonic-boom's `flushSync` repeats whatever the error is.
 */
export function logDestination({ fd = STDOUT, onFault }: LogDestinationOptions): LogDestination {
  const stream = new SonicBoom({ fd, sync: false, maxLength: KEPT_BYTES });
  let fault: string | undefined;
  let lostLines = 0;
  let untold = 0;
  let pendingBytes = 0;
  const write = (line: string): void => {
    pendingBytes += Buffer.byteLength(line);
    stream.write(line);
  };
  stream.on('drop', (line: string) => {
    pendingBytes -= Buffer.byteLength(line);
    lostLines += 1;
    untold += 1;
  });
  stream.on('error', (error: NodeJS.ErrnoException) => {
    const code = error.code ?? error.name;
    if (fault === undefined) onFault(code);
    fault = code;
  });
  stream.on('write', (bytes: number) => {
    pendingBytes -= bytes;
    fault = undefined;
  });
  stream.on('drain', () => {
    if (untold === 0) return;
    const lost = untold;
    untold = 0;
    write(lossLine(lost));
  });
  return {
    write,
    get fault() {
      return fault;
    },
    get lostLines() {
      return lostLines;
    },
    flushed: async (withinMs) => {
      const signal = AbortSignal.timeout(withinMs);
      // It rejects at an error of the stream, and when time is up.
      if (pendingBytes > 0) await once(stream, 'drain', { signal }).catch(() => undefined);
      return pendingBytes === 0;
    },
  };
}

/** One line in pino's form. */
const lossLine = (lost: number): string =>
  `${JSON.stringify({ level: 40, time: Date.now(), lost, msg: 'lines of the log were lost: it could not be written' })}\n`;
