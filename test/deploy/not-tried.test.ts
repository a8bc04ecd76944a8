import { expect, inject, test } from 'vitest';
import { areRequired } from './tools/time-left.ts';

// Who works on the project may lack a tool; where everything is to be tried, a proof that is skipped is a fault.
test.runIf(areRequired)('everything that is deployed was tried', () => {
  expect(inject('notTried')).toEqual([]);
  expect(inject('postgresUrl'), 'PostgreSQL, for the package').not.toBe('');
});
