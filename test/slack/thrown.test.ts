import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAway, isFull } from '../../src/db/database-fault.ts';
import { startHeartbeat } from '../../src/jobs/heartbeat.ts';
import { RecurringPass } from '../../src/jobs/recurring-pass.ts';
import { report } from '../../src/slack/boundary.ts';
import { createLogger, slackLogger } from '../../src/slack/log.ts';

function lines() {
  const written: string[] = [];
  const log = createLogger('debug', { write: (line) => void written.push(line) });
  return { log, written, parsed: () => written.map((line) => JSON.parse(line)) };
}

const nasty = (): never => {
  throw new Error('not to be read');
};

/** An error of which nothing can be read. */
const sealed = Object.defineProperties(new Error('x'), {
  // First, as redefining it reads the others.
  stack: { get: nasty },
  message: { get: nasty },
  code: { get: nasty },
  name: { get: nasty },
  cause: { get: nasty },
  odd: { get: nasty, enumerable: true },
});

/** By name, as the test runner would look into what it is given. */
const THROWN = new Map<string, unknown>([
  ['a text', 'text'],
  ['nothing', null],
  ['undefined', undefined],
  ['a number', 42],
  ['a big integer', 42n],
  ['a symbol', Symbol('odd')],
  ['a function', nasty],
  ['an object', { code: 'odd', token: 'hush' }],
  ['an object without a prototype', Object.create(null)],
  ['an object whose getter throws', Object.defineProperty({}, 'message', { get: nasty, enumerable: true })],
  ['an object that is no text', { toString: nasty, toJSON: nasty }],
  ['an error whose getters throw', sealed],
  ['an error with an odd cause', new Error('said', { cause: Object.create(null) })],
  ['an error with an odd code', Object.assign(new Error('said'), { code: Object.create(null) })],
  [
    'a proxy that refuses everything',
    new Proxy({}, { get: nasty, has: nasty, getPrototypeOf: nasty, ownKeys: nasty }),
  ],
  [
    'a circle',
    (() => {
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      return circle;
    })(),
  ],
]);

describe.each([...THROWN.keys()])('%s that is thrown', (name) => {
  const thrown = THROWN.get(name);

  test('is logged at every level, and costs no line', () => {
    const { log, parsed, written } = lines();
    for (const level of ['debug', 'info', 'warn', 'error', 'fatal'] as const)
      log[level]({ err: thrown }, 'said');
    log.child({ kind: 'x' }).error({ err: thrown, facts: thrown }, 'said');
    slackLogger(log).error('said', thrown);
    expect(parsed().every(({ msg }) => String(msg).startsWith('said'))).toBe(true);
    expect(parsed()).toHaveLength(7);
    expect(written.join('')).not.toContain('hush');
  });

  test('is told to the person with a reference', () => {
    const { log, parsed } = lines();
    const told = report(thrown, log);
    expect(told.sentence).toContain('Something went wrong');
    expect(parsed()).toMatchObject([{ reference: told.id }]);
  });

  test('keeps no duty from running again, nor the others', async () => {
    const { log, parsed } = lines();
    let others = 0;
    const duties = [
      { name: 'throws', run: () => Promise.reject(thrown) },
      {
        name: 'throws at once',
        run: () => {
          throw thrown;
        },
      },
      {
        name: 'works',
        run: async () => {
          others += 1;
        },
      },
    ];
    const pass = new RecurringPass({ duties, everyMs: 60_000, log, isAtStandstill: isAway });
    await pass.settled();
    await pass.settled();
    await pass.stop();
    expect(others).toBe(2);
    expect(parsed()).toHaveLength(4);
  });

  test('ends no heartbeat', async () => {
    const { log, parsed } = lines();
    let beats = 0;
    const twice = new Promise<void>((resolve) => {
      const beat = (): Promise<void> => {
        beats += 1;
        if (beats === 3) void heart.stop().then(resolve);
        if (beats === 1) throw thrown;
        return Promise.reject(thrown);
      };
      const heart = startHeartbeat(1, log, beat, { isAtStandstill: (error) => !isFull(error) });
    });
    await twice;
    expect(parsed().length).toBeGreaterThanOrEqual(2);
  });
});

test('whatever is thrown, its line is one line of JSON', () => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true, withBigInt: true, withSymbol: true } as object),
      (thrown) => {
        const { log, parsed } = lines();
        log.error({ err: thrown }, 'said');
        report(thrown, log);
        expect(parsed()).toHaveLength(2);
      },
    ),
  );
});
