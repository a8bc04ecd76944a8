import { expect, it } from 'vitest';
import { startAfter } from '../../src/jobs/start-after.ts';

const never = () => new Promise<void>(() => undefined);

/** Two passes, something that they wait for, and what has happened so far. */
function story(headStart: () => Promise<void>) {
  const told: string[] = [];
  let [resolve, reject]: [() => void, (error: Error) => void] = [() => undefined, () => undefined];
  const first = new Promise<void>((...settle) => {
    [resolve, reject] = settle;
  });
  const passes = ['a', 'b'].map((name) => ({ start: () => void told.push(`starts ${name}`) }));
  const all = startAfter(first, passes, headStart).then(
    () => void told.push('resolves'),
    (error: Error) => void told.push(`rejects: ${error.message}`),
  );
  return { told, resolve, reject, all };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('starts nothing before the first is done, and then everything', async () => {
  const { told, resolve, all } = story(never);
  await turn();
  expect(told).toEqual([]);
  resolve();
  await all;
  expect(told).toEqual(['starts a', 'starts b', 'resolves']);
});

it('waits no longer than the head start, and still resolves only with the first', async () => {
  const { told, resolve, all } = story(async () => undefined);
  await turn();
  expect(told).toEqual(['starts a', 'starts b']);
  resolve();
  await all;
  expect(told).toEqual(['starts a', 'starts b', 'resolves']);
});

it('starts nothing where the first fails within the head start', async () => {
  const { told, reject, all } = story(never);
  reject(new Error('no'));
  await all;
  expect(told).toEqual(['rejects: no']);
});

it('rejects as the first does after the head start', async () => {
  const { told, reject, all } = story(async () => undefined);
  await turn();
  reject(new Error('late'));
  await all;
  expect(told).toEqual(['starts a', 'starts b', 'rejects: late']);
});
