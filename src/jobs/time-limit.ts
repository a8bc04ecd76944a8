/**
 * Whether `work` ended in time; rejects as it does. Work that neither ends nor calls `alive` for `limitMs` is left alone: it
 * may still go on, so whatever it does must be fenced. A failure that it comes to later is passed to `onLate`.
 */
export async function endsWithin(
  limitMs: number,
  work: (alive: () => void) => Promise<unknown>,
  onLate: (error: unknown) => void,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let isLeft = false;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      isLeft = true;
      resolve(false);
    }, limitMs);
  });
  const ending = (async () => {
    await work(() => {
      if (!isLeft) timer?.refresh();
    });
    return true;
  })();
  ending.catch((error: unknown) => {
    if (isLeft) onLate(error);
  });
  try {
    return await Promise.race([ending, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** What `read` comes to within `limitMs`; `undefined` where it takes longer. Rejects as it does. */
export async function valueWithin<T>(limitMs: number, read: () => Promise<T>): Promise<T | undefined> {
  let value: T | undefined;
  const work = async (): Promise<void> => {
    value = await read();
  };
  const isInTime = await endsWithin(limitMs, work, () => undefined);
  return isInTime ? value : undefined;
}
