import { inSlices } from '../src/slices.ts';
import { indexed } from '../src/users/user-index.ts';
import { parseListQuery } from '../src/users/user-list.ts';
import type { WallarooClient } from '../src/wallaroo/client.ts';
import { drawnList } from './drawn-list.ts';
import { bare, connect, type LargePlatform, signIn } from './large-platform.ts';
import { costOf, stallOf } from './measure.ts';

// One way to list all users, in a process of its own: what V8 does to free the memory of one way does not count as work of another.

export type Way = 'parsed' | 'known' | 'cold';

/** What is to be done once, and told as `costOf` or `stallOf` tells it. */
export interface ListTask {
  readonly way: Way;
  readonly measure: 'cost' | 'stall';
}

const platform = JSON.parse(process.argv[2] ?? '') as Pick<LargePlatform, 'url' | 'account'>;
const token = await signIn(platform);
const client = connect(platform);

/** `/wallaroo users all`, from the question to the platform to the message. */
async function listed(of: WallarooClient): Promise<void> {
  const users = await of.listUsers({ fresh: true });
  await inSlices(indexed(users, { order: true }));
  drawnList(users, parseListQuery('all'));
}

async function prepared(way: Way): Promise<() => Promise<unknown>> {
  if (way === 'parsed') return () => bare(token, `${platform.url}/v1/api/users/query`, 'POST', {});
  if (way === 'known') return () => listed(client);
  const fresh = connect(platform);
  await fresh.account();
  return () => listed(fresh);
}

process.on('message', async ({ way, measure }: ListTask) => {
  const work = await prepared(way);
  process.send?.(measure === 'cost' ? await costOf(work) : await stallOf(work));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
