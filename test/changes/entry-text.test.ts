import { expect, it } from 'vitest';
import { entryText } from '../../src/changes/announce/standing-text.ts';
import { WITHDRAWN } from '../../src/changes/change-texts.ts';
import { switchStep } from '../../src/changes/steps/switch-user.ts';

const done = switchStep({ userId: 'u1', enabled: true, label: 'nora@ex.co' });
const failed = { ...done, failure: { code: 'not_found', sentence: 'Gone.' } };

it.each([
  ['approved', 'Approved.', [done], 'Approved.'],
  ['applied', 'Activated.', [done], 'Done. Activated.'],
  ['applied', 'Nothing had to change.', [done], 'Done. Nothing had to change.'],
  [
    'applied',
    'Activated: 1 of 2. Failed: 1. Gone.',
    [done, failed],
    'Done in part. Activated: 1 of 2. Failed: 1. Gone.',
  ],
  ['failed', 'Wallaroo does not know this user.', [done], 'Failed: Wallaroo does not know this user.'],
  ['denied', 'Denied: not now', [done], 'Denied: not now'],
  ['expired', 'Nobody decided in time.', [done], 'Expired. Nobody decided in time.'],
  ['cancelled', WITHDRAWN, [done], WITHDRAWN],
  ['cancelled', 'The end was dropped.', [done], 'Cancelled. The end was dropped.'],
] as const)('%s: a thread says of %j how it ended', (event, outcome, steps, text) => {
  expect(entryText({ event, outcome }, { steps })).toBe(text);
});
