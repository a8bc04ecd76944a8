import type { Access } from '../access/access-service.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/tables.ts';
import type { Duty } from '../jobs/recurring-pass.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import { newsPosts } from '../notify/news-posts.ts';
import { keepPosts, type PostParts } from '../posts/keep-posts.ts';
import { extendButton } from '../users/extend-button.ts';
import { accessButton } from '../users/me-views.ts';
import type { WallarooClient } from '../wallaroo/client.ts';

export interface TellUsersParts {
  readonly access: Access;
  readonly config: Config;
  readonly db: Db;
  readonly now: () => Date;
  readonly posting: PostParts;
  readonly rules: LicenseRules;
  readonly wallaroo: WallarooClient;
}

const FROM_NEWS = 'news';

/** Tells people of what was done to their accounts. */
export function tellUsers({ access, config, posting, ...parts }: TellUsersParts): readonly Duty[] {
  const posts = newsPosts({
    ...parts,
    wallarooUrl: config.WALLAROO_URL,
    recipient: async (email) => {
      const person = await access.personByEmail(email);
      if (person === undefined) return undefined;
      const { role } = await access.authorize({ userId: person.userId, teamId: undefined });
      return { ...person, mayAsk: role !== 'outsider' };
    },
    personKeysOf: access.personKeysOf,
    askAgain: () => accessButton('Ask for it again', FROM_NEWS),
    extend: (changeId) => extendButton(changeId, FROM_NEWS),
  });
  return [{ name: 'tell people of their accounts', run: () => keepPosts(posting, posts) }];
}
