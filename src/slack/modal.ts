import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { ChatopsError } from '../errors.ts';
import { report, reportBlocks, slackErrorOf } from './boundary.ts';
import type { Trigger } from './interaction.ts';
import { loading, notice } from './modal-views.ts';

/** The modal could not be opened in the 3 seconds that a trigger lives. */
class TriggerExpiredError extends ChatopsError {
  constructor(cause: unknown) {
    super('views.open: trigger expired', {
      code: 'trigger_expired',
      userMessage: 'That took Slack too long. Please press or type it once more.',
      cause,
    });
  }
}

/**
 * Opens `Loading…` at once, as the trigger lives for 3 seconds, and fills it with what `draw` comes to:
 * on every path, failures included.
 */
export async function openModal(
  client: WebClient,
  { trigger, log }: { readonly trigger: Trigger; readonly log: Logger },
  title: string,
  draw: () => Promise<ModalView>,
): Promise<void> {
  const opened = await open(client, trigger.take(), loading(title));
  await fillModal(client, log, opened, title, draw);
}

/** The same in the modal that was pressed in, which stays where it is. */
export async function reuseModal(
  client: WebClient,
  log: Logger,
  viewId: string,
  title: string,
  draw: () => Promise<ModalView>,
): Promise<void> {
  await update(client, log, viewId, loading(title));
  await fillModal(client, log, viewId, title, draw);
}

/**
 * Fills the open modal `viewId` with what `draw` comes to; with the report if it fails. `notShown`: what is said instead
 * where Slack refuses what was drawn, as drawing it did something.
 */
export async function fillModal(
  client: WebClient,
  log: Logger,
  viewId: string,
  title: string,
  draw: () => Promise<ModalView>,
  notShown?: string,
): Promise<void> {
  const failed = (error: unknown, sentence?: string) => {
    const told = report(error, log);
    return notice(title, reportBlocks(sentence === undefined ? told : { id: told.id, sentence }));
  };
  const view = await draw().catch((error: unknown) => failed(error));
  try {
    await update(client, log, viewId, view);
  } catch (error) {
    // Slack refuses this view itself; one that says so is better than `Loading…` forever.
    if (!(error instanceof WebAPIPlatformError)) throw error;
    await update(client, log, viewId, failed(error, notShown));
  }
}

/** How often and how long a modal waits to be filled while Slack takes no update of it. */
const RETRIES = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

async function update(client: WebClient, log: Logger, viewId: string, view: ModalView): Promise<void> {
  try {
    await patiently(() => client.views.update({ view_id: viewId, view }));
  } catch (error) {
    // Closed by the person meanwhile: there is nobody left to show it to.
    if (slackErrorOf(error) !== 'not_found') throw error;
    log.debug({ viewId }, 'modal was closed before it was filled');
  }
}

/** Repeats what may be done twice until Slack takes it: a modal must not stay on its loading view. */
function patiently<T>(call: () => Promise<T>): Promise<T> {
  return pRetry(call, {
    retries: RETRIES,
    // The waiting is ours: `shouldRetry` does it.
    minTimeout: 0,
    shouldRetry: async ({ error, attemptNumber }) => {
      if (error instanceof WebAPIPlatformError) return false;
      const limited = error instanceof WebAPIRateLimitedError;
      const waitMs = limited ? error.retryAfter * 1000 : FIRST_WAIT_MS * 2 ** (attemptNumber - 1);
      if (waitMs > LONGEST_WAIT_MS) return false;
      await wait(waitMs, undefined, { ref: false });
      return true;
    },
  });
}

const EXPIRED = ['expired_trigger_id', 'trigger_expired'];
/** Slack's words for a trigger or a modal that an earlier try has used: its answer was lost. */
const USED = ['exchanged_trigger_id', 'trigger_exchanged', 'duplicate_external_id'];

async function open(client: WebClient, triggerId: string | undefined, view: ModalView): Promise<string> {
  // A name of ours for the modal: should Slack's answer be lost, it is found and filled by that name.
  const named = { ...view, external_id: randomUUID() };
  try {
    const opened = await client.views.open({ trigger_id: triggerId ?? '', view: named });
    if (opened.view?.id !== undefined) return opened.view.id;
    throw new Error('views.open answered without a view');
  } catch (error) {
    const slackError = slackErrorOf(error) ?? '';
    const found = USED.includes(slackError) ? await findAgain(client, named) : undefined;
    if (found !== undefined) return found;
    if ([...EXPIRED, ...USED].includes(slackError)) throw new TriggerExpiredError(error);
    throw error;
  }
}

/** The id of an open modal by the name that we gave it; `undefined` when there is none. */
async function findAgain(
  client: WebClient,
  view: ModalView & { readonly external_id: string },
): Promise<string | undefined> {
  try {
    return (await client.views.update({ external_id: view.external_id, view })).view?.id;
  } catch (error) {
    if (slackErrorOf(error) === 'not_found') return undefined;
    throw error;
  }
}
