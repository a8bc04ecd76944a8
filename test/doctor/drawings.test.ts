import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { validateMessage, validateView } from '../../sandbox/slack/block-kit/validate.ts';
import { samples } from '../../src/features/samples/samples.ts';
import { actions, button, header } from '../../src/slack/blocks.ts';
import type { Sample } from '../../src/slack/sample.ts';
import { webClient } from '../sandbox/slack/support.ts';
import { type Examined, examine, type Patient, start } from './support.ts';

const check = 'Slack: messages and views';
const all = samples();

const sentTo = ({ slack }: Patient): number =>
  slack.traffic.of('call').filter(({ method }) => method === 'blocks.validate').length;

const wide = actions(button({ text: 'x', actionId: 'x', value: 'v'.repeat(2001) }));
const bad: readonly Sample[] = [
  { name: 'wide button', message: { blocks: [header('x'), wide] } },
  { name: 'plain list', message: { blocks: [header('x')] } },
  { name: 'nameless modal', view: { type: 'modal', blocks: [] } as never },
];
const examineWith = (patient: Patient, given: readonly Sample[]): Promise<Examined> =>
  examine(patient, {}, { samples: async () => given });

it('every sample has a name of its own and is one that the sandbox takes', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const faults = all.map((one) => [
    one.name,
    'view' in one ? validateView(one.view) : validateMessage(one.message),
  ]);
  expect(faults.filter(([, fault]) => fault !== undefined)).toEqual([]);
});

it('draws with everything that draws a message or a view', () => {
  const root = fileURLToPath(new URL('../../src/', import.meta.url));
  const under = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
  const drawn = under('features/samples').map(textOf).join('\n');
  const exported = /^export (?:function|const) (\w+)/;
  const drawing = under('.')
    .filter((path) => path.endsWith('-views.ts'))
    .flatMap((path) => textOf(path).split(/^(?=export )/m))
    // As far as its own end: what follows is private to the file.
    .map((text) => text.split(/\n}|;\n\n/)[0] ?? '')
    .filter((text) => exported.test(text) && /: (?:Message|ModalView|HomeView) (?:\{|=>)/.test(text))
    .map((text) => exported.exec(text)?.[1] ?? '');
  expect(drawing.length).toBeGreaterThan(40);
  // `working` is `loading` with another sentence; `didYouMean` draws a suggestion; the face of a direct change is drawn through
  // its card.
  const through = ['working', 'suggestion', 'directLine', 'firstDirectLine'];
  expect(drawing.filter((name) => !through.includes(name) && !drawn.includes(`${name}(`))).toEqual([]);
});

it('draws every button, menu, input and form that the features name', async () => {
  const drawn = new Set<string>();
  JSON.stringify(all, (key, value: unknown) => {
    if (/^(?:action|block|callback)_id$/.test(key)) drawn.add(String(value).split(/[/:]/)[0] ?? '');
    return value;
  });
  const src = fileURLToPath(new URL('../../src/', import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('-ids.ts'),
  );
  const named = await Promise.all(
    files.map(async (path) => Object.values(((await import(join(src, path))) as { ids: object }).ids)),
  );
  expect(named.flat().length).toBeGreaterThan(80);
  expect(named.flat().filter((id) => !drawn.has(id))).toEqual([]);
});

it('tells what Slack refuses, with its name and the words of Slack, as a hint', async () => {
  const patient = await start();
  const { of, exitCode } = await examineWith(patient, bad);
  expect(of(check)).toEqual({
    name: check,
    state: 'warning',
    text: 'Slack refuses wide button (/blocks/1/elements/0/value must be less than 2001 characters); nameless modal (missing required field: title)',
    remedy:
      'report this line to the people who develop the bot: until it is mended, Slack may not show these',
  });
  expect(exitCode).toBe(0);
  expect(sentTo(patient)).toBe(bad.length);
});

it.each<[string, (patient: Patient) => void, RegExp]>([
  [
    'does not know the method',
    ({ slack }) => slack.faults.plan('blocks.validate', { error: 'unknown_method' }),
    /^0 of \d+ taken by Slack; this Slack has no blocks\.validate/,
  ],
  [
    'wants a scope for it',
    ({ slack }) => slack.faults.plan('blocks.validate', { error: 'missing_scope' }),
    /^0 of \d+ taken by Slack; Slack answers missing_scope$/,
  ],
  [
    'is asked too often',
    ({ slack }) => slack.faults.plan('blocks.validate', { retryAfterSeconds: 60 }),
    /^0 of \d+ taken by Slack; Slack is being asked too often$/,
  ],
  [
    'cuts the line at it',
    ({ slack }) => slack.faults.plan('blocks.validate', { cut: 'before' }),
    /^0 of \d+ taken by Slack; Slack cannot be reached/,
  ],
])('finds no fault in a Slack that %s, and asks it no more', async (_, plant, text) => {
  const patient = await start();
  plant(patient);
  const { of, exitCode } = await examine(patient);
  expect(of(check)).toMatchObject({ state: 'unchecked', text: expect.stringMatching(text) });
  expect(exitCode).toBe(0);
  expect(sentTo(patient)).toBe(1);
});

it('stops where it takes too long', async () => {
  let at = new Date('2026-11-25T12:00:00Z');
  const now = (): Date => {
    at = new Date(at.getTime() + 5000);
    return at;
  };
  const patient = await start();
  const { of } = await examine(patient, {}, { now });
  expect(of(check)).toMatchObject({
    state: 'unchecked',
    text: expect.stringMatching(/would have taken too long$/),
  });
  expect(sentTo(patient)).toBeLessThan(all.length);
});

it('the sandbox takes exactly one of blocks, message and view, and no text', async () => {
  const { slack } = await start();
  const client = webClient(slack);
  const blocks = [header('x')];
  await expect(client.blocks.validate({ blocks })).resolves.toMatchObject({ ok: true });
  await expect(client.blocks.validate({})).rejects.toThrow('invalid_arguments');
  await expect(client.blocks.validate({ blocks, message: { blocks } })).rejects.toThrow('invalid_arguments');
  await expect(client.blocks.validate({ message: { text: 'x', blocks } as never })).rejects.toMatchObject({
    data: { error: 'invalid_message', errors: [{ message: 'invalid additional property: text' }] },
  });
  await expect(client.blocks.validate({ blocks: [wide] })).rejects.toMatchObject({
    data: {
      error: 'invalid_blocks',
      errors: [{ pointer: '/0/elements/0/value', code: 'failed_constraint' }],
    },
  });
});
