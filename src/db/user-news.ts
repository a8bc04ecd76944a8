import { sql } from 'kysely';
import { hasCome } from '../posts/claim.ts';
import { NOT_POSTED } from '../posts/post.ts';
import type { UserNewsRow } from './tables/user-news-table.ts';
import type { Db } from './tables.ts';

/** What happened to somebody's account. */
export type NewsKind =
  | 'activated'
  | 'deactivated'
  | 'invited'
  | 'extended'
  | 'kept'
  | 'ending'
  | 'account_fixed'
  | 'made_owner'
  | 'made_collaborator'
  | 'left_workspace';

/** News for the person whose account it is. */
export interface UserNews {
  /** The same for the same news, so that it is told once. */
  readonly id: string;
  readonly at: Date;
  /** The user of the platform. */
  readonly userId: string;
  readonly kind: NewsKind;
  /** Who decided it, or did it alone; `undefined` where its time had come. */
  readonly by: string | undefined;
  /** What identifies the requester, who need not be told. */
  readonly knownTo: readonly string[];
  /** Why, in the requester's words; ''. */
  readonly reason: string;
  /** When their access ends. */
  readonly until: Date | undefined;
  /** The names of the workspaces that it is about, each on a line of its own. */
  readonly workspace?: string | undefined;
  /** The email by which they go from now on; news of an earlier version do not say it. */
  readonly address?: string | undefined;
  /** The change that ends it, for more time. */
  readonly endsWith: string | undefined;
}

type Kept = Omit<UserNews, 'id' | 'at' | 'userId' | 'until'> & { readonly untilMs: number | undefined };

/** Keeps news to be told. Part of the transaction that stores what happened: a crash loses none. */
export async function appendUserNews(trx: Db, news: readonly UserNews[]): Promise<void> {
  for (const { id, at, userId, until, ...rest } of news) {
    const kept: Kept = { ...rest, untilMs: until?.getTime() };
    const row = { id, at: at.getTime(), userId, news: JSON.stringify(kept), channel: null, ...NOT_POSTED };
    await trx
      .insertInto('userNews')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

/** News that are to be told, and whose turn it is. */
export function dueUserNews(db: Db, now: Date, most: number): Promise<readonly UserNewsRow[]> {
  return (
    db
      .selectFrom('userNews')
      .selectAll()
      // In the words of the index `user_news_due`: a partial index serves only who asks in its words.
      .where(sql<boolean>`gone = 0 and shown_revision < 0`)
      .where(hasCome('notBefore', now))
      .orderBy('at')
      .limit(most)
      .execute()
  );
}

/** When the oldest news happened that is not told yet, and can be. */
export async function oldestUntoldNewsAt(db: Db): Promise<Date | undefined> {
  const row = await db
    .selectFrom('userNews')
    .select('at')
    .where(sql<boolean>`gone = 0 and shown_revision < 0`)
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : new Date(row.at);
}

/** The news of a row. */
export function userNewsOf({ id, at, userId, news }: UserNewsRow): UserNews {
  const { untilMs, ...rest } = JSON.parse(news) as Kept;
  const until = untilMs === undefined ? undefined : new Date(untilMs);
  return { ...rest, by: rest.by, endsWith: rest.endsWith, id, at: new Date(at), userId, until };
}

/** Removes news that are older; by then they are told or no news any more. */
export async function clearOldNews(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('userNews').where('at', '<', before.getTime()).execute();
}
