import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ask, newMessage } from '../flows/acting.ts';
import { LICENSE, people, startWorld } from '../flows/world.ts';
import { asProcess } from '../support/as-process.ts';
import { built } from '../support/built.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const bundle = async (): Promise<Buffer> => readFile(await built());

it('asks Slack and Wallaroo by the one HTTP package in its bundle, and loads neither the copy in Node nor HTTP/2', async () => {
  const world = await startWorld();
  const unused = 'process.moduleLoadList.filter((name) => /undici.undici$|http2/.test(name))';
  const before = `process.on('exit', () => console.error('loaded:', JSON.stringify(${unused})));`;
  const bot = await asProcess(world, {}, { before });
  const list = await ask(world, people.ada, '/wallaroo users');
  expect(list.text).toContain('ivan@ex.co');
  const ada = world.slack.as(people.ada);
  await newMessage(world, people.ada, LICENSE, () => ada.press(list, 'Export CSV'));
  expect(ada.dm().at(-1)?.files[0]?.content).toContain('ivan@ex.co');
  bot.signal('SIGTERM');
  await bot.ended;
  expect(bot.said()).toBe('loaded: []\n');
}, 60_000);

it('gives back the memory of its start, and works on', async () => {
  const world = await startWorld();
  const { stdout } = await asProcess(world, { LOG_LEVEL: 'debug' }, { stdout: 'pipe' });
  let line = '';
  for await (line of createInterface({ input: stdout as Readable })) if (line.includes('memory')) break;
  expect(JSON.parse(line)).toMatchObject({ msg: 'the memory of the start is given back' });
  const list = await ask(world, people.ada, '/wallaroo users');
  expect(list.text).toContain('ivan@ex.co');
}, 60_000);

it.each([
  ['a name without its accents', 'soren'],
  ['a name with its umlauts spelled out', 'muessig'],
  ['what was pasted with its bullet', '•ms@ex.co'],
])(
  'finds somebody as its source does: by %s',
  async (_, typed) => {
    const world = await startWorld();
    world.wallaroo.state.addUser({
      username: 'ms',
      email: 'ms@ex.co',
      firstName: 'Søren',
      lastName: 'Müßig',
      enabled: false,
    });
    await asProcess(world);
    const { text } = await ask(world, people.ada, `/wallaroo user ${typed}`);
    expect(text).toMatch(/^ms@ex\.co\n/);
  },
  60_000,
);

it('is ASCII, as it is read', async () => {
  expect((await bundle()).findIndex((byte) => byte > 0x7f)).toBe(-1);
}, 60_000);

it('names each class of errors as its source does', async () => {
  const text = (await bundle()).toString();
  const sources = await readdir(pathOf('src'), { recursive: true });
  const isError = /^(?:export )?class (\w+) extends (?:\w*Error|Wallaroo\w+)\b/gm;
  const names = await Promise.all(
    sources
      .filter((path) => path.endsWith('.ts'))
      .map(async (path) =>
        [...(await readFile(pathOf(`src/${path}`), 'utf8')).matchAll(isError)].map(([, name]) => name),
      ),
  );
  expect(names.flat().length).toBeGreaterThan(10);
  const isNamed = (name = ''): boolean =>
    new RegExp(`\\bclass ${name} extends |\\b${name}=\\s*class extends `).test(text);
  expect(names.flat().filter((name) => !isNamed(name))).toEqual([]);
}, 60_000);
