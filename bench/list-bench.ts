import { inSlices } from '../src/slices.ts';
import { listMessage } from '../src/users/list-views.ts';
import type { Standing } from '../src/users/standing.ts';
import { indexed } from '../src/users/user-index.ts';
import { type ListQuery, pageOf, parseListQuery } from '../src/users/user-list.ts';
import type { WallarooClient } from '../src/wallaroo/client.ts';
import type { WallarooUser } from '../src/wallaroo/user.ts';
import { SdkDriver } from '../test/contract/sdk/sdk-driver.ts';
import { provideSdk } from '../test/contract/tools/vendor-sdk.ts';
import { bare, connect, type LargePlatform, signIn, startPlatform } from './large-platform.ts';
import { type Cost, costOf, inTurn, type Line, median, stallOf } from './measure.ts';

/** As often as the larger list leaves time for. A bot runs for months: what V8 compiles at first is behind it. */
const SIZES = [
  { users: 10_000, rounds: 15, warmUp: 40 },
  { users: 50_000, rounds: 7, warmUp: 10 },
] as const;
const STALLS = 7;
const CHANGED = 3;
const MOST_STALL_MS = 50;

const nothingKnown: Standing = {
  now: new Date(),
  isOwn: () => false,
  isBot: () => false,
  isProtected: () => false,
  whyNeverDeactivated: () => undefined,
  endOf: () => undefined,
  idleSince: ({ createdAt }) => createdAt,
};

/** The message with a page of the list, as Slack gets it. */
export const drawn = (users: readonly WallarooUser[], query: ListQuery) =>
  listMessage({
    page: pageOf(users, query, { standing: nothingKnown, idleMs: 30 * 86_400_000 }),
    standing: nothingKnown,
    license: { line: undefined, meter: undefined, warning: undefined },
    idleMs: 30 * 86_400_000,
    old: undefined,
  });

/** `/wallaroo users all`, from the question to the platform to the message. */
async function listed(client: WallarooClient): Promise<void> {
  const users = await client.listUsers({ fresh: true });
  await inSlices(indexed(users, { order: true }));
  drawn(users, parseListQuery('all'));
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
  const token = await signIn(platform);
  const what = (which: string) => `list of ${users.toLocaleString('en')} users, ${which}`;
  const parsed = () => bare(token, `${platform.url}/v1/api/users/query`, 'POST', {});
  const client = connect(platform);
  const unchanged = () => listed(client);
  const changed = async () => {
    await platform.switchOutside(CHANGED);
    return () => listed(client);
  };
  const cold = async () => {
    const fresh = connect(platform);
    await fresh.account();
    return () => listed(fresh);
  };
  const cpu = (work: () => Promise<unknown>) => costOf(work).then(({ cpuMs }) => cpuMs);
  const lines: Line[] = [];
  for (const [which, prepare, goal] of [
    ['unchanged', async () => unchanged, 0.5],
    [`${CHANGED} changed`, changed, 0.7],
    ['cold', cold, 1.5],
  ] as const) {
    for (let time = 0; time < warmUp; time += 1) {
      await (await prepare())();
      await parsed();
    }
    const pair = await inTurn(
      rounds,
      async () => cpu(await prepare()),
      async () => {
        await prepare();
        return cpu(parsed);
      },
    );
    lines.push({ what: what(`${which}, CPU`), ...pair, unit: 'ms', goal });
    const stalls: number[] = [];
    for (let round = 0; round < STALLS; round += 1) stalls.push(await stallOf(await prepare()));
    lines.push({
      what: what(`${which}, longest stall`),
      ours: median(stalls),
      baseline: await stallOf(parsed),
      unit: 'ms',
      goal: MOST_STALL_MS,
      isAmount: true,
    });
  }
  return [...lines, ...(await besideSdk(platform, what, { rounds, warmUp }, unchanged))];
}

/** In the SDK's process and in ours, unchanged; the SDK remembers nothing from one list to the next. */
async function besideSdk(
  platform: LargePlatform,
  what: (which: string) => string,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
  ours: () => Promise<unknown>,
): Promise<readonly Line[]> {
  const python = await provideSdk();
  if ('missing' in python) {
    process.stderr.write(`!!! NOT COMPARED WITH THE VENDOR'S SDK: ${python.missing}\n`);
    return [];
  }
  const sdk = await SdkDriver.start(python.value, { url: platform.url, ...platform.account });
  const samples = { ours: [] as Cost[], sdk: [] as Cost[] };
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const { value, error } = await sdk.call('time_list_users');
    if (error !== undefined) throw new Error(`the SDK: ${error.message}`);
    const cost = await costOf(ours);
    if (round < warmUp) continue;
    samples.sdk.push(value);
    samples.ours.push(cost);
  }
  await sdk.stop();
  const pair = (pick: (cost: Cost) => number) => ({
    ours: median(samples.ours.map(pick)),
    baseline: median(samples.sdk.map(pick)),
  });
  return [
    { what: what("beside the vendor's SDK, CPU"), ...pair(({ cpuMs }) => cpuMs), unit: 'ms', goal: 0.5 },
    { what: what("beside the vendor's SDK, time"), ...pair(({ wallMs }) => wallMs), unit: 'ms', goal: 0.5 },
  ];
}
