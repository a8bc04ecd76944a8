import * as z from 'zod';
import { dateTime, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { orIfDown, WallarooError } from '../../wallaroo/errors.ts';
import { withoutAdvice } from '../advice-texts.ts';
import type { AnyStep, StepRun } from './step-kind.ts';

/** What became of the sessions of somebody who was deactivated, and until when their access tokens may work on. */
export const sessionsSchema = z.object({
  /** `left`: the setting says so. */
  state: z.enum(['ended', 'not_ended', 'left']),
  /** Why they could not be ended, as a sentence. */
  why: z.string().optional(),
  /** When the last access token ends; absent where Keycloak does not say how long they live. */
  tokensUntil: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .optional(),
});

export type Sessions = Readonly<z.output<typeof sessionsSchema>>;

/** Tries before it is told that sessions could not be ended: one fault may pass. */
const MOST_TRIES = 2;

type Run = Pick<StepRun<AnyStep>, 'wallaroo' | 'write' | 'endsSessions' | 'now'>;

/** Ends the sessions of somebody who is inactive now. What keeps it from being is told, never thrown. */
export async function endSessionsOf(userId: string, run: Run): Promise<Sessions> {
  const failure = run.endsSessions ? await failureToEnd(userId, run) : undefined;
  const lifeMs = await run.wallaroo.accessTokenLifeMs().catch(orIfDown(undefined));
  const tokensUntil = lifeMs === undefined ? {} : { tokensUntil: new Date(run.now().getTime() + lifeMs) };
  if (!run.endsSessions) return { state: 'left', ...tokensUntil };
  if (failure === undefined) return { state: 'ended', ...tokensUntil };
  return { state: 'not_ended', why: withoutAdvice(failure.userMessage), ...tokensUntil };
}

async function failureToEnd(userId: string, { wallaroo, write }: Run): Promise<WallarooError | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      await write(() => wallaroo.endSessions(userId));
      return undefined;
    } catch (error) {
      if (!(error instanceof WallarooError)) throw error;
      // Somebody waits for the outcome, and a service that did not answer in time will hardly answer now.
      if (!error.retryable || error.code === 'timeout' || tries === MOST_TRIES) return error;
    }
  }
}

/** What is told of it behind "is inactive", as mrkdwn; `undefined` where there is nothing to say. */
export function sessionsText(
  { state, tokensUntil }: Sessions,
  remark: string | undefined,
): string | undefined {
  const until =
    tokensUntil === undefined ? 'until they expire' : `until ${dateTime(tokensUntil)} at the latest`;
  const tokens = `Access tokens they already have keep working ${until}.`;
  if (state === 'ended') return `Their sessions are ended. ${tokens}`;
  const words = [
    ...(remark === undefined ? [] : [escapeMrkdwn(remark)]),
    ...(tokensUntil === undefined && state === 'left' ? [] : [tokens]),
  ];
  if (words.length === 0) return undefined;
  return `${words.join(' ')}${remark === undefined ? '' : ' :warning:'}`;
}

/** That sessions could not be ended, as a sentence; `undefined` where they were, or were to be left. */
export const sessionsRemark = (sessions: Sessions | undefined): string | undefined =>
  sessions?.state === 'not_ended' ? `Their sessions could not be ended: ${sessions.why}` : undefined;
