/** How long a pointer that is down keeps fresh state from being shown, ms: who holds it longer marks text. */
const HOLD_MS = 5000;

let pointerIsDown = false;
for (const kind of ['pointerdown', 'pointerup', 'pointercancel'] as const)
  addEventListener(
    kind,
    () => {
      pointerIsDown = kind === 'pointerdown';
    },
    { capture: true },
  );

/**
 * Resolves once no pointer is down, and what it pressed has been told. A button that a new message moved away
 * between the pointer's going down and its coming up would take no press.
 */
async function pressEnded(): Promise<void> {
  if (!pointerIsDown) return;
  await new Promise<void>((resolve) => {
    const ended = new AbortController();
    const end = () => {
      ended.abort();
      // The click comes after the pointer is up, in the same task.
      setTimeout(resolve);
    };
    const limit = setTimeout(end, HOLD_MS);
    ended.signal.addEventListener('abort', () => clearTimeout(limit));
    addEventListener('pointerup', end, { signal: ended.signal });
    addEventListener('pointercancel', end, { signal: ended.signal });
  });
}

/**
 * Reads now and whenever the stream of events says that something happened, and shows what was read; returns how to
 * stop. It reads once at a time: what happens meanwhile makes it read once more afterwards.
 */
export function follow<T>(events: string, read: () => Promise<T>, show: (fresh: T) => void): () => void {
  let running = false;
  let again = false;
  let stopped = false;
  const run = async (): Promise<void> => {
    running = true;
    while (again) {
      again = false;
      const fresh = await read();
      await pressEnded();
      if (!stopped) show(fresh);
    }
  };
  const changed = () => {
    again = true;
    if (!running)
      void run().finally(() => {
        running = false;
      });
  };
  const stream = new EventSource(events);
  stream.onopen = changed;
  stream.addEventListener('change', changed);
  return () => {
    stopped = true;
    stream.close();
  };
}
