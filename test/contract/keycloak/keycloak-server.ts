import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.ts';
import type { KeycloakDistribution } from '../tools/keycloak-distribution.ts';

const untilStdinEnds = fileURLToPath(new URL('./until-stdin-ends.sh', import.meta.url));

/** The administrator whom Keycloak makes at its first start. */
export const root = { username: 'admin', password: 'contract-root' } as const;

/** Little memory and a quick start count more here than speed. */
const JAVA_OPTS =
  '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms128m -Xmx512m -Djava.net.preferIPv4Stack=true';

/** A real Keycloak on the loopback interface, its data kept from one start to the next. */
export class KeycloakServer {
  readonly url: string;
  readonly version: string;
  readonly #distribution: KeycloakDistribution;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(distribution: KeycloakDistribution, port: number) {
    this.url = `http://127.0.0.1:${port}`;
    this.version = distribution.version;
    this.#distribution = distribution;
    this.#port = port;
  }

  /** Starts one with an empty database. */
  static async start(distribution: KeycloakDistribution): Promise<KeycloakServer> {
    await rm(join(distribution.folder, 'data'), { recursive: true, force: true });
    const server = new KeycloakServer(distribution, await freePort());
    await server.start();
    return server;
  }

  /** Resolves once it listens; rejects with its last words if it ends before. */
  async start(): Promise<void> {
    const { folder, javaHome, version } = this.#distribution;
    // Preview before 24; it decides whether a realm may switch the user profile on.
    const features = version.startsWith('21.') ? ['--features=declarative-user-profile'] : [];
    const options = [
      '--db=dev-file',
      '--http-host=127.0.0.1',
      `--http-port=${this.#port}`,
      '--http-relative-path=/auth',
      ...features,
    ];
    const server = spawn('sh', [untilStdinEnds, join(folder, 'bin/kc.sh'), 'start-dev', ...options], {
      detached: true,
      env: { ...process.env, JAVA_HOME: javaHome, JAVA_OPTS, ...rootVariables },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process = server;
    const lines: string[] = [];
    await new Promise<void>((resolve, reject) => {
      for (const stream of [server.stdout, server.stderr])
        createInterface({ input: stream }).on('line', (line) => {
          lines.splice(0, lines.length - 20);
          lines.push(line);
          if (line.includes('Listening on:')) resolve();
        });
      server.once('close', () => reject(new Error(`Keycloak ${version} ended:\n${lines.join('\n')}`)));
    });
  }

  /** Resolves once it has ended. */
  async stop(): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'close');
    server.stdin?.end();
    await ended;
  }
}

/** Their names up to 25 and from 26 on. */
const rootVariables = {
  KEYCLOAK_ADMIN: root.username,
  KEYCLOAK_ADMIN_PASSWORD: root.password,
  KC_BOOTSTRAP_ADMIN_USERNAME: root.username,
  KC_BOOTSTRAP_ADMIN_PASSWORD: root.password,
};
