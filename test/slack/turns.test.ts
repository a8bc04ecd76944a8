import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Turns } from '../../src/slack/turns.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that says when it begins. */
function someWork() {
  const turns = new Turns();
  const begun: number[] = [];
  let asked = 0;
  return {
    begun,
    /** So many interactions arrive at once. */
    arrive: (many: number): void => {
      for (let one = 0; one < many; one += 1) {
        const number = asked;
        asked += 1;
        void turns.next().then(() => begun.push(number));
      }
    },
  };
}

const oneTurn = () => vi.advanceTimersToNextTimerAsync();
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

describe('the turns of work', () => {
  it('come at once for what arrives alone, one after the other', async () => {
    const { begun, arrive } = someWork();
    for (const number of upTo(3)) {
      arrive(1);
      expect(begun).toHaveLength(number);
      await pass(0);
      expect(begun).toEqual(upTo(number + 1));
    }
  });

  it('come after a burst, one in each turn of the event loop, in its order', async () => {
    const { begun, arrive } = someWork();
    arrive(3);
    await pass(9);
    expect(begun).toEqual([]);
    for (const number of upTo(3)) {
      await oneTurn();
      expect(begun).toEqual(upTo(number + 1));
    }
  });

  it('wait for the end of a burst that goes on, and stop for another', async () => {
    const { begun, arrive } = someWork();
    for (let times = 0; times < 5; times += 1) {
      arrive(10);
      await pass(5);
    }
    expect(begun).toEqual([]);
    await pass(5);
    await oneTurn();
    const before = begun.length;
    expect(before).toBeGreaterThan(0);
    arrive(10);
    await pass(9);
    expect(begun).toHaveLength(before);
    await pass(100);
    expect(begun).toEqual(upTo(60));
  });

  it('begin after a second however much arrives, each time', async () => {
    const { begun, arrive } = someWork();
    const arrivingUntil = async (ms: number): Promise<void> => {
      for (; now < ms; now += 5) {
        arrive(2);
        await pass(5);
      }
    };
    let now = 0;
    await arrivingUntil(1000);
    expect(begun.length).toBeLessThan(2);
    // A turn of the event loop takes a millisecond here: 400 have come by then, and 560 more until a second after the last of them.
    await arrivingUntil(1500);
    expect(begun).toEqual(upTo(400));
    await arrivingUntil(3000);
    expect(begun).toEqual(upTo(960));
    await pass(2000);
    expect(begun).toEqual(upTo(1200));
  });
});
