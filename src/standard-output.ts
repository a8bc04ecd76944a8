/** Standard output of a command that ends. */
export interface StandardOutput {
  write(text: string): void;
  /**
   * Resolves when what was written has gone out, or cannot: with a sentence that says why. A reader that goes away, such as
   * `head`, is nothing to complain of.
   */
  flushed(): Promise<string | undefined>;
}

/** Takes over the faults of standard output and standard error, which would otherwise end the process with a stack trace. */
export function standardOutput(): StandardOutput {
  const { stdout, stderr } = process;
  let fault: string | undefined;
  let isRead = true;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    isRead = false;
    if (error.code !== 'EPIPE') fault ??= error.code ?? error.name;
  });
  // Nobody is left to tell of it.
  stderr.on('error', () => undefined);
  return {
    write: (text) => {
      if (isRead) stdout.write(text);
    },
    flushed: async () => {
      await Promise.all([stdout, stderr].map(drained));
      // A file tells of its fault a moment after the write.
      await new Promise(setImmediate);
      return fault && `Standard output cannot be written (${fault}): what it has of this is not whole.`;
    },
  };
}

const drained = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writableLength === 0 || stream.destroyed) return resolve();
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
