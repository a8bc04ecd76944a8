import { parseListQuery } from '../src/users/user-list.ts';
import { findWho } from '../src/users/who.ts';
import type { WallarooClient } from '../src/wallaroo/client.ts';
import { atOnce } from '../src/work.ts';
import { drawnList } from './drawn-list.ts';
import { bare, connect, type LargePlatform, signIn, startPlatform } from './large-platform.ts';
import { inTurn, type Line, median, wallMs } from './measure.ts';

const ROUNDS = 30;
const SIZES = [5, 10_000, 50_000] as const;

/** What the client of the platform costs beside the same calls made bare. */
export async function platformBench(): Promise<readonly Line[]> {
  const wallaroo = await startPlatform(10_000);
  const client = connect(wallaroo);
  const token = await signIn(wallaroo);
  const lines = [
    await fromCache(client),
    await lookUpAndActivation(wallaroo, client, token),
    ...(await growth(await client.listUsers())),
  ];
  await wallaroo.stop();
  return lines;
}

async function fromCache(client: WallarooClient): Promise<Line> {
  await client.listUsers();
  const draw = async () => {
    const users = await client.listUsers();
    drawnList(users, parseListQuery('active user12'));
  };
  await repeated(5, draw);
  const ours = median(await repeated(ROUNDS, () => wallMs(draw)));
  return {
    what: '`/wallaroo users` of 10,000 from the cache',
    ours,
    baseline: undefined,
    unit: 'ms',
    goal: 5,
  };
}

async function lookUpAndActivation(
  wallaroo: LargePlatform,
  client: WallarooClient,
  token: string,
): Promise<Line> {
  const [user] = await client.listUsers();
  if (user?.email === undefined) throw new Error('the first user has no email');
  const { id, email } = user;
  const admin = `${wallaroo.url}/auth/admin/realms/master/users`;
  let enabled = user.enabled;
  const bareCalls = async () => {
    enabled = !enabled;
    await bare(token, `${admin}?email=${encodeURIComponent(email)}&exact=true`, 'GET');
    const whole = (await bare(token, `${admin}/${id}`, 'GET')) as object;
    await bare(token, `${admin}/${id}`, 'PUT', { ...whole, enabled });
    await bare(token, `${admin}/${id}`, 'GET');
  };
  const ours = async () => {
    enabled = !enabled;
    await client.findUserByEmail(email);
    await client.setUserEnabled(id, enabled);
  };
  await repeated(10, ours);
  await repeated(10, bareCalls);
  const wall = await inTurn(
    ROUNDS * 5,
    () => wallMs(ours),
    () => wallMs(bareCalls),
  );
  return { what: 'look-up and one activation', ...wall, unit: 'ms', goal: 1.2 };
}

/** Look-up and paging once listed: from five users to fifty thousand. */
async function growth(some: Awaited<ReturnType<WallarooClient['listUsers']>>): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const size of SIZES) {
    const users = Array.from({ length: size }, (_, at) => {
      const user = some[at % some.length] ?? some[0];
      if (user === undefined) throw new Error('no user to copy');
      return { ...user, id: `id-${at}`, email: `user${at}@ex.co`, username: `user${at}@ex.co` };
    });
    const work = async () => {
      atOnce(findWho(`user${size - 1}@ex.co`, users));
      drawnList(users, { ...parseListQuery('all'), page: 3 });
    };
    await repeated(20, work);
    const ours = median(await repeated(ROUNDS, () => wallMs(work)));
    const what = `look-up and a page, once listed, ${size.toLocaleString('en')} users`;
    lines.push({ what, ours, baseline: undefined, unit: 'ms', goal: 20 });
  }
  return lines;
}

async function repeated<T>(times: number, work: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let time = 0; time < times; time += 1) results.push(await work());
  return results;
}
