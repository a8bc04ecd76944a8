import { byIdleness } from '../license/idle.ts';
import { type LicenseLines, type LicenseRules, licenseLines, readMeter } from '../license/license-desk.ts';
import { isNamed, seatHolders } from '../license/seats.ts';
import { RefusedError } from '../slack/boundary.ts';
import { typedText } from '../slack/mrkdwn.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { consoleUrl } from '../wallaroo/console-url.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { healthOf, sharedEmailsOf } from './account-health.ts';
import type { LicenseReport } from './license-report-views.ts';
import type { UserCardFacts } from './user-card-views.ts';
import { type ListPage, type ListQuery, pageOf } from './user-list.ts';
import { type Found, findByEmail, findWho, parseWho } from './who.ts';

export interface UsersServiceParts {
  readonly wallaroo: WallarooClient;
  readonly rules: LicenseRules;
  /** The profile email of a person mentioned in Slack. */
  readonly emailOf: (slackUserId: string) => Promise<string | undefined>;
  /** Where the Keycloak console answers, without `/auth`. */
  readonly authUrl: string;
}

const NO_PROFILE_EMAIL =
  'Slack shows me no email of that person, so I cannot tell which Wallaroo user they are. Please type their email or username instead.';

/** What a search by `<who>` came to, and the text that was looked for, for the answer. */
export type Resolved = Found & { readonly typed: string };

/** Reading users: lists, look-ups, one user's facts. */
export class UsersService {
  readonly #parts: UsersServiceParts;

  constructor(parts: UsersServiceParts) {
    this.#parts = parts;
  }

  async list(query: ListQuery, administrator: boolean): Promise<{ page: ListPage; license: LicenseLines }> {
    const users = await this.#parts.wallaroo.listUsers();
    return { page: pageOf(users, query), license: this.#license(users, administrator) };
  }

  /** The user meant by a `<who>` in any of its forms. @throws RefusedError where Slack shows no email of who was mentioned. */
  async resolve(typed: string): Promise<Resolved> {
    const who = parseWho(typed);
    const users = await this.#parts.wallaroo.listUsers();
    if (who.kind === 'text') return { ...findWho(who.text, users), typed: who.text };
    const email = await this.#emailOfMentioned(who.slackUserId);
    return { ...findByEmail(email, users), typed: email };
  }

  /** Search words as typed, mentioned people as their email. */
  async searchText(typed: string): Promise<string> {
    const words = typed.split(/\s+/).map(async (word) => {
      const who = parseWho(word);
      return who.kind === 'text' ? typedText(word) : await this.#emailOfMentioned(who.slackUserId);
    });
    return (await Promise.all(words)).join(' ');
  }

  /** Everything for one user's card; `undefined` when there is no such user any more. */
  async card(userId: string, administrator: boolean): Promise<UserCardFacts | undefined> {
    const { wallaroo } = this.#parts;
    const [users, current, workspaces] = await Promise.all([
      wallaroo.listUsers(),
      wallaroo.getUser(userId),
      wallaroo.workspacesOf(userId).catch(unreadable),
    ]);
    if (current === undefined) return undefined;
    const listed = users.find(({ id }) => id === userId);
    const user = {
      ...current,
      lastSignIn: listed?.lastSignIn ?? current.lastSignIn,
      realmRoles: listed?.realmRoles,
    };
    return {
      user,
      workspaces,
      health: healthOf(user, sharedEmailsOf(users)),
      license: this.#license(users, administrator),
      consoleUrl: consoleUrl(this.#parts.authUrl, userId),
    };
  }

  async license(administrator: boolean): Promise<LicenseReport> {
    const { rules, wallaroo } = this.#parts;
    const users = await wallaroo.listUsers();
    const shared = sharedEmailsOf(users);
    return {
      edition: rules.license.edition,
      license: this.#license(users, administrator),
      holders: byIdleness(seatHolders(users, rules.exempt)),
      exempt: users.filter((user) => user.enabled && isNamed(user, rules.exempt)).length,
      unhealthy: users.filter((user) => user.enabled && healthOf(user, shared).faults.length > 0),
    };
  }

  async #emailOfMentioned(slackUserId: string): Promise<string> {
    const email = await this.#parts.emailOf(slackUserId);
    if (email === undefined) throw new RefusedError(NO_PROFILE_EMAIL);
    return email;
  }

  #license(users: readonly WallarooUser[], administrator: boolean): LicenseLines {
    return licenseLines(this.#parts.rules, readMeter(this.#parts.rules, users), administrator);
  }
}

/** Workspaces are told where they can be read; that they cannot must not hide the user. */
function unreadable(error: unknown): undefined {
  if (error instanceof WallarooError) return undefined;
  throw error;
}
