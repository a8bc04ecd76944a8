import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./drive.py', import.meta.url));

/** What a call of the SDK came to: its result, or what it raised. */
export type SdkAnswer =
  // biome-ignore lint/suspicious/noExplicitAny: whatever the SDK hands out is looked into by the tests
  | { readonly value: any; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: { readonly type: string; readonly message: string } };

export interface SdkAccount {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** The vendor's SDK in a process of its own, signed in at its first call. It ends when its stdin does. */
export class SdkDriver {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #folder: string;
  #errors = '';

  private constructor(child: ChildProcessWithoutNullStreams, answers: Interface, folder: string) {
    this.#process = child;
    this.#answers = answers[Symbol.asyncIterator]();
    this.#folder = folder;
    child.stderr.on('data', (text) => {
      this.#errors += text;
    });
  }

  /** `python` is one that has the SDK. Its token cache, one for all instances and users, gets a folder of its own. */
  static async start(python: string, { url, username, password }: SdkAccount): Promise<SdkDriver> {
    const folder = await mkdtemp(join(tmpdir(), 'wallaroo-sdk-'));
    const child = spawn(python, [program], {
      env: {
        ...process.env,
        WALLAROO_URL: url,
        WALLAROO_USER: username,
        WALLAROO_PASSWORD: password,
        XDG_CACHE_HOME: folder,
      },
    });
    return new SdkDriver(child, createInterface({ input: child.stdout }), folder);
  }

  /** One call by its name in `drive.py`. Rejects only when the process itself is gone. */
  async call(name: string, ...args: readonly unknown[]): Promise<SdkAnswer> {
    this.#process.stdin.write(`${JSON.stringify({ call: name, args })}\n`);
    const { value: line, done } = await this.#answers.next();
    if (done) throw new Error(`the SDK ended:\n${this.#errors}`);
    return JSON.parse(line);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, 'close');
      this.#process.stdin.end();
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
