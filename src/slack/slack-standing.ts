import type { Logger } from 'pino';
import { slackErrorOf } from './boundary.ts';
import type { CallOutcome } from './slack-clients.ts';
import {
  appTokenRemedy,
  isAnswer,
  isTokenRefused,
  isTokenUnfit,
  isUnanswered,
  missingScope,
  tokenSentence,
} from './token-words.ts';

type SettingName = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET';

/** Something that Slack said no to, until it says otherwise. */
interface Fault {
  /** For health: `SLACK_BOT_TOKEN: token_revoked`. */
  readonly short: string;
  /** The scope that the token lacks. */
  readonly scope?: string;
  /** Whether nothing of use can be done meanwhile. */
  readonly stopsWork: boolean;
  /** Until when, by the monotonic clock. @default until it is over */
  readonly stopsUntilMs?: number;
  /** For people. */
  readonly sentence: string | undefined;
}

/** Without these nobody can be recognised or told anything. */
const NEEDED_METHODS = new Set(['users.info', 'usergroups.users.list', 'chat.postMessage', 'chat.update']);
/** One call may get lost; so many in a row, and none answered, do not. */
const UNANSWERED_IN_A_ROW = 3;
/** One refused request may be anybody's; so many in a row, and none accepted, are not. */
const REFUSED_IN_A_ROW = 3;
/** Nothing is sent to a replica that is not ready, not even by Slack: it has to be tried again some time. */
const REFUSED_COUNTS_MS = 60_000;

const REMEDIES: Readonly<Record<Exclude<SettingName, 'SLACK_APP_TOKEN'>, string>> = {
  SLACK_BOT_TOKEN: 'copy the Bot User OAuth Token at api.slack.com/apps → your app → OAuth & Permissions',
  SLACK_SIGNING_SECRET:
    "copy it: api.slack.com/apps → your app → Basic Information; and check this machine's clock, as Slack's requests are good for five minutes",
};

/**
 * What Slack last said of the bot's tokens and of the secret that its requests are signed with. It is logged once when Slack
 * begins to refuse one, and once when it no longer does.
 */
export class SlackStanding {
  readonly #log: Logger;
  readonly #monotonicMs: () => number;
  readonly #faults = new Map<string, Fault>();
  #heardAtMs: number;
  #unanswered = 0;
  #refusedRequests = 0;
  #everSigned = false;

  constructor(log: Logger, monotonicMs: () => number = () => performance.now()) {
    this.#log = log;
    this.#monotonicMs = monotonicMs;
    this.#heardAtMs = monotonicMs();
  }

  /** What came of a call with the bot's token. */
  heard(method: string, { error, scopes = [] }: CallOutcome): void {
    const scope = missingScope(error);
    if (isUnanswered(error)) this.#count(this.#unanswered + 1);
    else this.#count(0);
    if (!isAnswer(error)) return;
    this.#heardAtMs = this.#monotonicMs();
    if (isTokenRefused(error)) {
      this.#tokenRefused('SLACK_BOT_TOKEN', error);
      return;
    }
    this.#clear('SLACK_BOT_TOKEN');
    for (const [key, fault] of this.#faults)
      if (fault.scope !== undefined && scopes.includes(fault.scope)) this.#clear(key);
    if (scope === undefined) this.#clear(`scope for ${method}`);
    else this.#lacksScope(method, scope, error);
  }

  #count(unanswered: number): void {
    const wasAway = this.isAway;
    this.#unanswered = unanswered;
    if (this.isAway === wasAway) return;
    if (wasAway) this.#log.info('Slack answers again');
    else this.#log.warn('Slack does not answer');
  }

  #lacksScope(method: string, scope: string, error: unknown): void {
    this.#raise(`scope for ${method}`, {
      scope,
      short: `SLACK_BOT_TOKEN: lacks ${scope} for ${method}`,
      stopsWork: NEEDED_METHODS.has(method),
      sentence: tokenSentence(error),
    });
  }

  /** What came of asking for a socket with the app token. */
  heardOfSocket(error?: unknown): void {
    if (error === undefined) this.#clear('SLACK_APP_TOKEN');
    else if (isTokenUnfit(error)) this.#tokenRefused('SLACK_APP_TOKEN', error);
  }

  /** Whether a request over HTTP that claims to be Slack's was signed as Slack signs. */
  heardRequest(isSigned: boolean): void {
    this.#refusedRequests = isSigned ? 0 : this.#refusedRequests + 1;
    if (isSigned) this.#everSigned = true;
    if (isSigned) this.#clear('SLACK_SIGNING_SECRET');
    if (this.#refusedRequests < REFUSED_IN_A_ROW) return;
    const short = 'SLACK_SIGNING_SECRET: requests are not signed with it';
    // Once it has fitted, and after a while anyway, refused requests may be somebody's who wants the bot out of service.
    const stopsWork = !this.#everSigned;
    const stopsUntilMs = this.#monotonicMs() + REFUSED_COUNTS_MS;
    this.#raise(
      'SLACK_SIGNING_SECRET',
      { short, stopsWork, stopsUntilMs, sentence: undefined },
      REMEDIES.SLACK_SIGNING_SECRET,
    );
  }

  /** Whether Slack has answered none of the last calls, whatever reaches the bot from there. */
  get isAway(): boolean {
    return this.#unanswered >= UNANSWERED_IN_A_ROW;
  }

  /** Whether it is worth asking Slack whether it answers: the last call got none. */
  get isInDoubt(): boolean {
    return this.#unanswered > 0;
  }

  /** For how long Slack has said nothing of the bot's token, ms. */
  get silentMs(): number {
    return this.#monotonicMs() - this.#heardAtMs;
  }

  /** Whether Slack refuses anything to the bot's token. */
  get isRefused(): boolean {
    return [...this.#faults.keys()].some((key) => key === 'SLACK_BOT_TOKEN' || key.startsWith('scope for '));
  }

  /** Whether Slack lets the bot work, and what it refuses. */
  get health(): { readonly ok: boolean; readonly refused: readonly string[] } {
    const faults = [...this.#faults.values()];
    const nowMs = this.#monotonicMs();
    const stops = ({ stopsWork, stopsUntilMs = Number.POSITIVE_INFINITY }: Fault): boolean =>
      stopsWork && nowMs < stopsUntilMs;
    return {
      ok: !this.isAway && !faults.some(stops),
      refused: faults.map(({ short }) => short),
    };
  }

  /** What to tell people who cannot be recognised or served because of it. */
  get sentence(): string | undefined {
    return [...this.#faults.values()].find(({ sentence }) => sentence !== undefined)?.sentence;
  }

  #tokenRefused(setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', error: unknown): void {
    const short = `${setting}: ${slackErrorOf(error)}`;
    const remedy = setting === 'SLACK_BOT_TOKEN' ? REMEDIES[setting] : appTokenRemedy(error);
    const sentence = setting === 'SLACK_BOT_TOKEN' ? tokenSentence(error) : undefined;
    this.#raise(setting, { short, stopsWork: true, sentence }, remedy);
  }

  #raise(key: string, fault: Fault, remedy = 'install the app again from manifest.yml'): void {
    if (this.#faults.get(key)?.short !== fault.short)
      this.#log.error({ refused: fault.short, remedy }, 'Slack refuses the bot');
    this.#faults.set(key, fault);
  }

  #clear(key: string): void {
    const fault = this.#faults.get(key);
    if (fault === undefined) return;
    this.#faults.delete(key);
    this.#log.info({ refused: fault.short }, 'Slack no longer refuses the bot');
  }
}
