import { expect, it } from 'vitest';
import { wholeMessage } from '../src/whole-message.ts';

const coded = (message: string, code: string) => Object.assign(new Error(message), { code });
const refused = coded('connect ECONNREFUSED 127.0.0.1:9', 'ECONNREFUSED');

it.each([
  ['an error alone', new Error('no'), 'no'],
  [
    'one with a code of the system',
    coded('self-signed certificate', 'DEPTH_ZERO'),
    'self-signed certificate, DEPTH_ZERO',
  ],
  ['one with a code of a library', coded('odd', 'slack_webapi_request_error'), 'odd'],
  [
    'a failed fetch',
    new TypeError('fetch failed', { cause: refused }),
    'fetch failed (connect ECONNREFUSED 127.0.0.1:9)',
  ],
  [
    'a name with two addresses',
    new TypeError('fetch failed', {
      cause: Object.assign(new AggregateError([refused, new Error('x')]), { code: 'ECONNREFUSED' }),
    }),
    'fetch failed (ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9)',
  ],
  [
    "one of Slack's",
    Object.assign(new Error('A request error occurred'), {
      original: new Error('fetch failed', { cause: refused }),
    }),
    'A request error occurred (fetch failed: connect ECONNREFUSED 127.0.0.1:9)',
  ],
  ['a cause that repeats it', new Error('a: b', { cause: new Error('b') }), 'a: b'],
  ['a text', 'no', 'no'],
  ['nothing to say', new RangeError(''), 'RangeError'],
  ['nothing at all', null, 'null'],
])('tells %s with its causes', (_, thrown, told) => {
  expect(wholeMessage(thrown)).toBe(told);
});

it('ends where causes go round', () => {
  const error: Error = new Error('a');
  error.cause = new Error('b', { cause: error });
  expect(wholeMessage(error)).toBe('a (b)');
});

it('never throws', () => {
  const odd = new Error('x');
  Object.defineProperty(odd, 'message', {
    get: () => {
      throw new Error('no');
    },
  });
  expect(wholeMessage(odd)).toBe('something that cannot be read');
});
