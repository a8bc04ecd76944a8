import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test, vi } from 'vitest';
import { valueIn } from '../contract/tools/run.ts';
import { start } from '../doctor/support.ts';
import { freePort } from '../support/free-port.ts';
import { type Program, startProgram } from './program.ts';
import { buildah } from './tools/buildah.ts';

const USER = '65532:65532';
const MEGABYTE = 1e6;

const provided = inject('image');
const image = valueIn(provided);
const demoRoot = image && valueIn(image.demo);

interface ImageConfig {
  readonly Docker: {
    readonly config: {
      readonly User: string;
      readonly Env: readonly string[];
      readonly Entrypoint: readonly string[];
      readonly Cmd: readonly string[];
      readonly WorkingDir: string;
      readonly Volumes: Readonly<Record<string, unknown>>;
      readonly Labels: Readonly<Record<string, string>>;
      readonly Healthcheck: { readonly Test: readonly string[] };
    };
  };
}

const config = async (name = 'chatops') => {
  if (image === undefined) throw new Error('there is no image');
  const text = await buildah(image.builder, ['inspect', '--type', 'image', `localhost/${name}`]);
  return (JSON.parse(text) as ImageConfig).Docker.config;
};

/** An image laid out, and the one place in it that can be written. */
interface Place {
  readonly name?: string;
  readonly root?: string | undefined;
  readonly writable?: string;
  readonly workdir?: string;
}

/** Runs in the image as an engine does: its user, its environment, a root that cannot be written, one volume. */
async function inImage(
  command: readonly string[],
  settings: Readonly<Record<string, string | undefined>>,
  { name, root = image?.mount ?? '', writable = '/data', workdir = '/' }: Place = {},
) {
  const { User: user, Env: own } = await config(name);
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const script = [
    `mount --bind ${root} ${root}`,
    `mount -o remount,bind,ro ${root}`,
    ...['/proc', '/dev'].map((path) => `mount --rbind ${path} ${root}${path}`),
    `mount -t tmpfs -o mode=700,uid=65532,gid=65532 tmpfs ${root}${writable}`,
    `exec chroot --userspec=${user} ${root} sh -c 'cd ${workdir} && exec "$0" "$@"' ${quoted}`,
  ].join(' && ');
  const env = { ...Object.fromEntries(own.map((line) => line.split(/=(.*)/s))), HOME: '/', ...settings };
  return startProgram('unshare', ['--mount', 'sh', '-c', script], { env });
}

const whole = async (program: Program) => ({ code: await program.ended, said: program.said() });

test('nothing in the project keeps the image from being built', () => {
  expect('isFault' in provided ? provided.missing : undefined).toBeUndefined();
});

describe.skipIf(image === undefined)('the image', () => {
  test('runs as nobody in particular, with one volume, a health check and labels', async () => {
    const { User, Volumes, Labels, Healthcheck, Entrypoint } = await config();
    expect(User).toBe(USER);
    expect(Object.keys(Volumes)).toEqual(['/data']);
    expect(Entrypoint).toEqual(['node', '/app/dist/bot/main.js']);
    expect(Healthcheck.Test.slice(0, 2)).toEqual(['CMD', 'node']);
    expect(Labels).toMatchObject({
      'org.opencontainers.image.title': 'wallaroo-chatops',
      'org.opencontainers.image.version': '9.9.9',
      'org.opencontainers.image.revision': 'abc',
    });
  });

  test('adds less than 40 MB to its base, and nothing that only installs or builds', async () => {
    expect((image?.bytes ?? 0) - (image?.baseBytes ?? 0)).toBeLessThan(40 * MEGABYTE);
    const root = image?.mount ?? '';
    expect((await readdir(join(root, 'app'))).toSorted()).toEqual([
      'LICENSE',
      'dist',
      'manifest.yml',
      'node_modules',
      'package.json',
    ]);
    const modules = await readdir(join(root, 'app/node_modules'));
    expect(modules.toSorted()).toEqual(['@libsql', '@neon-rs', 'detect-libc', 'libsql']);
    expect(await readdir(join(root, 'usr/local/bin'))).not.toContain('npm');
  });

  test('runs the bot on a root that nobody can write, tells its health, and ends in order', async () => {
    const { env, slack } = await start();
    const PORT = String(await freePort());
    const { Entrypoint, Healthcheck } = await config();
    const settings = { ...env, DATABASE_URL: undefined, PORT };
    const bot = await inImage(Entrypoint, settings);
    await vi.waitFor(() => expect(bot.said()).toContain('bot is running'), 30_000);
    expect(slack.connections).toBe(1);
    const [, ...check] = Healthcheck.Test;
    expect(await whole(await inImage(check, { PORT }))).toEqual({ code: 0, said: '' });
    expect(await whole(await inImage(check, { PORT: '1' }))).toMatchObject({ code: 1 });
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  test.skipIf(demoRoot === undefined)(
    'has a demo beside it that runs where only /tmp can be written, as compose.yaml starts it',
    async () => {
      const { Cmd, User, WorkingDir: workdir } = await config('demo');
      expect(User).toBe(USER);
      const place = { name: 'demo', root: demoRoot, writable: '/tmp', workdir };
      const port = String(await freePort());
      const demo = await inImage([...Cmd, '--port', port], {}, place);
      await vi.waitFor(() => expect(demo.said()).toContain('Wallaroo in Slack, to try out:'), 40_000);
      const page = await fetch(`http://127.0.0.1:${port}/`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<script');
      demo.signal('SIGTERM');
      expect(await demo.ended).toBe(0);
    },
  );

  test('is the doctor and the command line', async () => {
    const { env } = await start();
    const { Entrypoint } = await config();
    const settings = { ...env, DATABASE_URL: undefined };
    const doctor = await whole(await inImage([...Entrypoint, 'doctor'], settings));
    expect(doctor.said).toContain(' 0 wrong');
    expect(doctor.code).toBe(0);
    const license = await whole(await inImage(['wallaroo-chatops', 'license'], settings));
    expect(license.said).toContain('seats');
    expect(license.code).toBe(0);
  });
});
