import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a statement came to, as SQLite tells it. */
export interface StatementResult {
  readonly rows: readonly unknown[];
  readonly changes?: number | bigint | undefined;
  readonly lastInsertRowid?: number | bigint | undefined;
}

interface Reply extends StatementResult {
  readonly id: number;
  readonly error?: { readonly name: string; readonly message: string; readonly code?: string | undefined };
}

interface Waiting {
  readonly resolve: (result: StatementResult) => void;
  readonly reject: (error: Error) => void;
}

const CODE = new URL('./file-worker.cjs', import.meta.url);
/** It keeps little in JavaScript; without limits a heap of its own grows as the main one may. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256, stackSizeMb: 2 };
const CLOSE_WITHIN_MS = 3000;
/** As where the disk fails: a statement may be done or not. */
const LOST = 'SQLITE_IOERR';

/** An error of SQLite, with its code, e.g. `SQLITE_FULL`. */
class FileDatabaseError extends Error {
  readonly code: string;

  constructor(message: string, code = 'SQLITE_ERROR') {
    super(message);
    this.code = code;
  }
}

function startThread(): Worker {
  // Without what the process itself was told to load: the thread needs none of it.
  return new Worker(CODE, { execArgv: [], resourceLimits: LIMITS });
}

let startedEarly: Worker | undefined;

/** Starts the thread of the next file that is opened: it takes a while, in which other things can be loaded. */
export function startThreadEarly(): void {
  const worker = startThread();
  const forget = (): void => {
    if (startedEarly === worker) startedEarly = undefined;
  };
  // Who opens the file then starts another, and is told of what is wrong.
  worker.on('error', forget).on('exit', forget);
  worker.unref();
  startedEarly = worker;
}

function takeThread(): Worker {
  const worker = startedEarly ?? startThread();
  startedEarly = undefined;
  return worker;
}

/** A thread that runs statements on one file, in the order in which they come. One that dies is followed by another. */
export class FileThread {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #ids = 0;
  #threads = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The thread that is there now, by number; `undefined` where the next statement starts one. */
  get number(): number | undefined {
    return this.#worker === undefined ? undefined : this.#threads;
  }

  /** `onlyBy`: the number of the thread that began the transaction, which is lost with it. */
  run(sql: string, parameters: readonly unknown[], onlyBy = this.number): Promise<StatementResult> {
    if (onlyBy !== this.number)
      return Promise.reject(new FileDatabaseError('the thread of the database ended in a transaction', LOST));
    this.#worker ??= this.#start();
    const worker = this.#worker;
    this.#ids += 1;
    const id = this.#ids;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // Waiting for an answer keeps the process alive, an idle thread does not.
      worker.ref();
      worker.postMessage({ id, sql, parameters });
    });
  }

  /** Closes the file, after the statements under way. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    const ended = once(worker, 'exit');
    worker.ref();
    worker.postMessage({});
    const timer = setTimeout(() => void worker.terminate(), CLOSE_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  #start(): Worker {
    const worker = takeThread();
    this.#threads += 1;
    worker.postMessage({ path: this.#path });
    worker.on('message', (reply: Reply) => this.#settle(worker, reply));
    worker.on('error', (error) => this.#died(worker, error.message));
    worker.on('exit', (code) => this.#died(worker, `it ended with ${code}`));
    return worker;
  }

  #settle(worker: Worker, { id, error, ...result }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) worker.unref();
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new FileDatabaseError(error.message, error.code));
  }

  #died(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values())
      reject(new FileDatabaseError(`the thread of the database ended: ${why}`, LOST));
    this.#waiting.clear();
  }
}
