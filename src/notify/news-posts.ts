import type { Button } from '@slack/types';
import { isSamePerson } from '../access/person-keys.ts';
import type { UserNewsRow } from '../db/tables/user-news-table.ts';
import type { Db } from '../db/tables.ts';
import { dueUserNews, type UserNews, userNewsOf } from '../db/user-news.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import type { PostKind } from '../posts/post.ts';
import { isPersonGone, isShut } from '../slack/delivery.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { newsMessage } from './news-views.ts';

/** Somebody in Slack who can be written to. */
export interface Recipient {
  readonly userId: string;
  readonly personKeys: readonly string[];
  /** Whether they may use the bot. */
  readonly mayAsk: boolean;
}

export interface NewsParts {
  readonly db: Db;
  readonly now: () => Date;
  readonly wallaroo: Pick<WallarooClient, 'getUser'>;
  readonly rules: LicenseRules;
  readonly wallarooUrl: string;
  /** The person of this team with exactly this email; `undefined` where there is none. Rejects while Slack does not say. */
  readonly recipient: (email: string) => Promise<Recipient | undefined>;
  /** By what somebody in Slack is known as a person. */
  readonly personKeysOf: (slackId: string) => Promise<readonly string[]>;
  readonly askAgain: () => Button;
  readonly extend: (changeId: string) => Button;
}

/** Longer than reading the user, asking Slack and posting take, ms. */
const CLAIM_MS = 60_000;
/** News that are older are none, ms. */
const STALE_MS = 86_400_000;
const TOLD = 0;

/** News of people's own accounts, as messages that are posted once. */
export const newsPosts = (parts: NewsParts): PostKind<UserNewsRow> => ({
  name: 'direct message about an account',
  claimMs: CLAIM_MS,
  placeOf: ({ id }) => ({ table: 'userNews', key: { id } }),
  // Who it is for is known once it is drawn.
  destinationOf: ({ userId }) => userId,
  factsOf: ({ id, userId }) => ({ news: id, wallarooUser: userId }),
  due: (now, most) => dueUserNews(parts.db, now, most),
  draw: async (row) => {
    const news = userNewsOf(row);
    const to = await whoIsTold(parts, news);
    if (to === undefined) return { revision: TOLD };
    const { askAgain, extend, rules, wallarooUrl } = parts;
    const countsSeats = rules.license.edition === 'community';
    const face = newsMessage({ news, mayAsk: to.mayAsk, countsSeats, wallarooUrl, askAgain, extend });
    return { revision: TOLD, destination: to.userId, face };
  },
  onUndelivered: async ({ error, now, row }) =>
    isPersonGone(error) || isShut(error) || now.getTime() - row.at > STALE_MS ? 'give_up' : 'retry',
});

/** Nobody where the news are over, no person of this team has the email, or they know it, as they did or asked for it. */
async function whoIsTold(parts: NewsParts, news: UserNews): Promise<Recipient | undefined> {
  if (parts.now().getTime() - news.at.getTime() > STALE_MS) return undefined;
  const user = await parts.wallaroo.getUser(news.userId);
  const isActive = news.kind !== 'deactivated';
  if (user?.email === undefined || user.enabled !== isActive) return undefined;
  const to = await parts.recipient(user.email);
  if (to === undefined || isSamePerson(news.knownTo, to.personKeys)) return undefined;
  const by = news.by === undefined ? [] : await parts.personKeysOf(news.by);
  return isSamePerson(by, to.personKeys) ? undefined : to;
}
