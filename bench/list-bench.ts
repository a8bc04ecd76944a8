import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SdkDriver } from '../test/contract/sdk/sdk-driver.ts';
import { provideSdk } from '../test/contract/tools/vendor-sdk.ts';
import { type LargePlatform, startPlatform } from './large-platform.ts';
import type { ListTask, Way } from './list-process.ts';
import { type Cost, inTurn, type Line, median } from './measure.ts';

/** As often as the larger list leaves time for. A bot runs for months: what V8 compiles at first is behind it. */
const SIZES = [
  { users: 10_000, rounds: 15, warmUp: 40 },
  { users: 50_000, rounds: 15, warmUp: 10 },
] as const;
const STALLS = 7;
const CHANGED = 3;
const MOST_STALL_MS = 50;
const PROCESS = fileURLToPath(new URL('./list-process.ts', import.meta.url));

/** A process that lists users. */
interface Lister {
  cost(way: Way): Promise<Cost>;
  stallMs(way: Way): Promise<number>;
  stop(): void;
}

async function startLister({ url, account }: LargePlatform): Promise<Lister> {
  const child = fork(PROCESS, [JSON.stringify({ url, account })], {
    execArgv: ['--import', import.meta.resolve('tsx')],
  });
  await once(child, 'message');
  const told = async (task: ListTask): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(task);
    return ((await answer) as [unknown])[0];
  };
  return {
    cost: async (way) => (await told({ way, measure: 'cost' })) as Cost,
    stallMs: async (way) => (await told({ way, measure: 'stall' })) as number,
    stop: () => child.disconnect(),
  };
}

/** What a list of all users costs beside `fetch`, `text()` and `JSON.parse`, and beside the vendor's SDK. */
export async function listBench(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const size of SIZES) {
    const platform = await startPlatform(size.users);
    lines.push(...(await beside(platform, size)));
    await platform.stop();
  }
  return lines;
}

async function beside(
  platform: LargePlatform,
  { users, rounds, warmUp }: (typeof SIZES)[number],
): Promise<readonly Line[]> {
  const what = (which: string) => `list of ${users.toLocaleString('en')} users, ${which}`;
  const lines: Line[] = [];
  for (const [which, way, prepare, goal] of [
    ['unchanged', 'known', async () => undefined, 0.5],
    [`${CHANGED} changed`, 'known', () => platform.switchOutside(CHANGED), 0.7],
    ['cold', 'cold', async () => undefined, 1.5],
  ] as const) {
    const [ours, baseline] = [await startLister(platform), await startLister(platform)];
    const cost = async (of: Lister, how: Way): Promise<number> => {
      await prepare();
      return (await of.cost(how)).cpuMs;
    };
    for (let time = 0; time < warmUp; time += 1) {
      await cost(ours, way);
      await cost(baseline, 'parsed');
    }
    const pair = await inTurn(
      rounds,
      () => cost(ours, way),
      () => cost(baseline, 'parsed'),
    );
    lines.push({ what: what(`${which}, CPU`), ...pair, unit: 'ms', goal });
    const stalls: number[] = [];
    for (let round = 0; round < STALLS; round += 1) {
      await prepare();
      stalls.push(await ours.stallMs(way));
    }
    lines.push({
      what: what(`${which}, longest stall`),
      ours: median(stalls),
      baseline: await baseline.stallMs('parsed'),
      unit: 'ms',
      goal: MOST_STALL_MS,
      isAmount: true,
    });
    ours.stop();
    baseline.stop();
  }
  return [...lines, ...(await besideSdk(platform, what, { rounds, warmUp }))];
}

/** In the SDK's process and in ours, unchanged; the SDK remembers nothing from one list to the next. */
async function besideSdk(
  platform: LargePlatform,
  what: (which: string) => string,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<readonly Line[]> {
  const python = await provideSdk();
  if ('missing' in python) {
    process.stderr.write(`!!! NOT COMPARED WITH THE VENDOR'S SDK: ${python.missing}\n`);
    return [];
  }
  const ours = await startLister(platform);
  const sdk = await SdkDriver.start(python.value, { url: platform.url, ...platform.account });
  const samples = { ours: [] as Cost[], sdk: [] as Cost[] };
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const { value, error } = await sdk.call('time_list_users');
    if (error !== undefined) throw new Error(`the SDK: ${error.message}`);
    const cost = await ours.cost('known');
    if (round < warmUp) continue;
    samples.sdk.push(value);
    samples.ours.push(cost);
  }
  await sdk.stop();
  ours.stop();
  const pair = (pick: (cost: Cost) => number) => ({
    ours: median(samples.ours.map(pick)),
    baseline: median(samples.sdk.map(pick)),
  });
  return [
    { what: what("beside the vendor's SDK, CPU"), ...pair(({ cpuMs }) => cpuMs), unit: 'ms', goal: 0.5 },
    { what: what("beside the vendor's SDK, time"), ...pair(({ wallMs }) => wallMs), unit: 'ms', goal: 0.5 },
  ];
}
