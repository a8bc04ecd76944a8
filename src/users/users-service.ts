import { RefusedError } from '../errors.ts';
import type { TimedEnds } from '../license/active-until.ts';
import { sortedByIdleness } from '../license/idle.ts';
import { type LicenseLines, type LicenseRules, licenseLines, readMeter } from '../license/license-desk.ts';
import { isNamed, seatHolders } from '../license/seats.ts';
import { labelOf } from '../license/user-text.ts';
import { inSlices } from '../slices.ts';
import { rawWords } from '../texts/plain-text.ts';
import type { KnownNames } from '../texts/take-who.ts';
import { parseWho, severalSentence, type Who } from '../texts/typed-who.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { consoleUrl } from '../wallaroo/console-url.ts';
import { orIfDown } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { accountFaults } from './account-faults.ts';
import { healthOf, sharedEmails } from './account-health.ts';
import { namedWholly } from './cut-list-service.ts';
import type { LicenseReport } from './license-report-views.ts';
import type { Viewer } from './list-service.ts';
import { searchUsers } from './search-service.ts';
import { type SoughtInTrail, seekPerson, seekText } from './seek-service.ts';
import type { StandingDesk } from './standing-facts.ts';
import type { UserCardFacts } from './user-card-views.ts';
import { indexed } from './user-index.ts';
import { type Found, findByEmail, findWho, knownNames } from './who.ts';

export interface UsersServiceParts {
  readonly wallaroo: WallarooClient;
  readonly rules: LicenseRules;
  /** The profile email of a person mentioned in Slack. */
  readonly emailOf: (slackUserId: string) => Promise<string | undefined>;
  readonly standings: StandingDesk;
  /** The instance's address. */
  readonly wallarooUrl: string;
  /** Where the Keycloak console answers, without `/auth`. */
  readonly authUrl: string;
}

const NO_PROFILE_EMAIL =
  "Slack does not show me that person's email, so I cannot tell which Wallaroo user they are. Please type their email or username instead.";

const NO_EMAIL_OF_YOURS =
  'Slack does not show me your email, so I cannot tell which Wallaroo user you are. Please type your email or username instead.';

/** Who types: `me` is this person. */
export interface Caller {
  readonly email: string | undefined;
}

type Sought =
  | { readonly by: 'email'; readonly email: string }
  | { readonly by: 'text'; readonly typed: string; readonly text: string };

function emailOr(sentence: string, email: string | undefined): string {
  if (email === undefined) throw new RefusedError(sentence);
  return email;
}

function refuse(who: Extract<Who, { kind: 'nobody' | 'several' }>): never {
  throw new RefusedError(who.kind === 'nobody' ? who.sentence : severalSentence(who.named, undefined));
}

/** What a search by `<who>` came to, and the text that was looked for, for the answer. */
export type Resolved = Found & { readonly typed: string };

/** Reading users: lists, look-ups, one user's facts. */
export class UsersService {
  readonly #parts: UsersServiceParts;

  constructor(parts: UsersServiceParts) {
    this.#parts = parts;
  }

  /**
   * The user meant by a `<who>` in any of its forms; `me` is the caller.
   * @throws RefusedError where it names nobody or several, or Slack shows no email of the person meant.
   */
  async resolve(typed: string, caller: Caller): Promise<Resolved> {
    const sought = await this.#sought(typed, caller);
    const text = sought.by === 'email' ? sought.email : sought.text;
    const users = await this.#namedUsers().catch(async (error: unknown) => {
      return { only: await namedWholly(this.#parts.wallaroo, text, error) };
    });
    if ('only' in users) return { kind: 'one', user: users.only, typed: text };
    return sought.by === 'email'
      ? { ...(await inSlices(findByEmail(sought.email, users))), typed: sought.email }
      : { ...(await inSlices(findWho(sought.typed, users))), typed: sought.text };
  }

  /** Users to choose from while a `<who>` is typed, also while the platform does not answer. */
  search(typed: string, caller: Caller): Promise<readonly WallarooUser[]> {
    return searchUsers(this.#parts.wallaroo, typed, caller);
  }

  /** When timed activations end, by the id of the user. */
  ends(): Promise<TimedEnds> {
    return this.#parts.standings.ends();
  }

  /** What is known of the users, to tell where a typed name ends. */
  async knownNames(): Promise<KnownNames> {
    return knownNames(await this.#namedUsers());
  }

  /**
   * What the trail is searched for by a `<who>`: of a person in Slack also what they did or asked for.
   * @throws RefusedError where it is a group, or several are named.
   */
  async seek(typed: string, caller: Caller & { readonly userId: string }): Promise<SoughtInTrail> {
    const who = parseWho(typed);
    if (who.kind === 'me') return seekPerson(this.#parts, caller.userId);
    if (who.kind === 'slack') return seekPerson(this.#parts, who.slackUserId);
    return who.kind === 'text' ? seekText(this.#parts, who) : refuse(who);
  }

  /** Search words as typed, mentioned people and `me` as their email. */
  async searchText(typed: string, caller: Caller): Promise<string> {
    const words = rawWords(typed).map(async ({ raw }) => {
      const sought = await this.#sought(raw, caller);
      return sought.by === 'email' ? sought.email : sought.text;
    });
    return (await Promise.all(words)).join(' ');
  }

  /** Everything for one user's card; `undefined` when there is no such user any more. */
  async card(userId: string, { email, administrator }: Viewer): Promise<UserCardFacts | undefined> {
    const { wallaroo } = this.#parts;
    const [users, current, workspaces] = await Promise.all([
      wallaroo.listUsers(),
      wallaroo.getUser(userId),
      // That workspaces cannot be read must not hide the user.
      wallaroo.workspacesOf(userId).catch(orIfDown(undefined)),
    ]);
    if (current === undefined) return undefined;
    const listed = users.find(({ id }) => id === userId);
    const user = {
      ...current,
      lastSignInMs: (listed ?? current).lastSignInMs,
      realmRoles: listed?.realmRoles,
    };
    return {
      user,
      administrator,
      standing: await this.#parts.standings.of(users, email),
      workspaces,
      health: healthOf(user, await inSlices(sharedEmails.ready(users))),
      license: this.#license(users, administrator),
      wallarooUrl: this.#parts.wallarooUrl,
      consoleUrl: consoleUrl(this.#parts.authUrl, userId),
    };
  }

  /** What a user goes by; `undefined` when there is no such user any more. */
  async labelOf(userId: string): Promise<string | undefined> {
    const user = await this.#parts.wallaroo.getUser(userId);
    return user === undefined ? undefined : labelOf(user);
  }

  async license({ email, administrator }: Viewer): Promise<LicenseReport> {
    const { rules, wallaroo } = this.#parts;
    const users = await wallaroo.listUsers();
    const standing = await this.#parts.standings.of(users, email);
    return {
      edition: rules.license.edition,
      license: this.#license(users, administrator),
      standing,
      holders: await inSlices(sortedByIdleness(seatHolders(users, rules.exempt), standing.idleSince)),
      exempt: users.filter((user) => user.enabled && isNamed(user, rules.exempt)).length,
      wallarooUrl: this.#parts.wallarooUrl,
      unhealthy: (await inSlices(accountFaults(users))).map(({ user }) => user),
    };
  }

  /** All users, ready to be found by name. */
  async #namedUsers(): Promise<readonly WallarooUser[]> {
    const users = await this.#parts.wallaroo.listUsers();
    await inSlices(indexed(users, { names: true }));
    return users;
  }

  /** What a `<who>` is to be looked for by. */
  async #sought(typed: string, caller: Caller): Promise<Sought> {
    const who = parseWho(typed);
    switch (who.kind) {
      case 'text':
        return { by: 'text', typed: who.readings[0] ?? '', text: who.text };
      case 'me':
        return { by: 'email', email: emailOr(NO_EMAIL_OF_YOURS, caller.email) };
      case 'slack':
        return { by: 'email', email: emailOr(NO_PROFILE_EMAIL, await this.#parts.emailOf(who.slackUserId)) };
      case 'several':
      case 'nobody':
        return refuse(who);
    }
  }

  #license(users: readonly WallarooUser[], administrator: boolean): LicenseLines {
    return licenseLines(this.#parts.rules, readMeter(this.#parts.rules, users), administrator);
  }
}
