import { seenText } from '../texts/plain-text.ts';

const FRAMES = ['-', '\\', '|', '/'];
const EVERY_MS = 120;
/** What is quicker needs no sign of life. */
const PATIENCE_MS = 1000;

/** The part of a terminal that it writes to. */
export interface SpinnerStream {
  write(text: string): unknown;
  readonly columns?: number;
}

/**
 * Shows that work goes on, from the second second on. The packages for it end the process at Ctrl-C by their own
 * handlers, which must not happen in the middle of a change.
 */
export async function spin<T>(stream: SpinnerStream, label: string, work: Promise<T>): Promise<T> {
  const text = seenText(label).slice(0, Math.max(0, (stream.columns ?? 80) - 3));
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    stream.write(`\r\u001b[K${FRAMES[frame % FRAMES.length]} ${text}`);
    frame += 1;
  };
  const patience = setTimeout(() => {
    draw();
    timer = setInterval(draw, EVERY_MS);
  }, PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(patience);
    clearInterval(timer);
    if (frame > 0) stream.write('\r\u001b[K');
  }
}
