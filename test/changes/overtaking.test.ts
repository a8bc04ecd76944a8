import { expect, it } from 'vitest';
import type { Change } from '../../src/changes/change.ts';
import { overtaking } from '../../src/changes/overtaking.ts';
import { switchStep } from '../../src/changes/steps/switch-user.ts';
import { aChange } from './a-change.ts';

const ANA = 'id-ana';

/** An applied change that turned Ana, or found her so already. */
const turning = (id: string, enabled: boolean, over: Partial<Change> = {}, found = !enabled): Change =>
  aChange({
    id,
    state: 'applied',
    steps: [{ ...switchStep({ userId: ANA, enabled, label: 'ana@ex.co' }), before: found, after: enabled }],
    ...over,
  });

const off = turning('OFF', false);
const back = turning('OFF-U', true, { origin: 'undo', parentId: 'OFF' });
const failed = (change: Change): Change => ({
  ...change,
  steps: change.steps.map((step) => ({ ...step, failure: { code: 'x', sentence: 'No.' } })),
});

it.each<[string, readonly Change[], readonly string[]]>([
  ['nothing followed', [], []],
  ['a deactivation', [off], ['OFF']],
  ['an activation without an end, though it altered nothing', [turning('ON', true, {}, true)], ['ON']],
  ['an activation with an end that altered nothing', [turning('ON', true, { durationMs: 1000 }, true)], []],
  ['a deactivation and its undo', [back, off], []],
  ['the same as a request', [{ ...back, origin: 'request' }, off], []],
  ['an undo that failed for this user', [failed(back), off], ['OFF']],
  [
    'an undo that was undone',
    [turning('OFF-U-U', false, { origin: 'request', parentId: 'OFF-U' }), back, off],
    ['OFF'],
  ],
  ['the undo of the timed activation', [turning('C-U', false, { origin: 'undo', parentId: 'C' })], ['C-U']],
  ['another deactivation after an undone one', [turning('OFF2', false), back, off], ['OFF2']],
  [
    'the end of another timed activation',
    [turning('OFF-T', false, { origin: 'timed', parentId: 'OFF' })],
    ['OFF-T'],
  ],
])('what leaves an end nothing to do: %s', (_, later, expected) =>
  expect(overtaking(later, ANA).map(({ id }) => id)).toEqual(expected),
);
