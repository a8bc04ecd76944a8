import type { LicenseWarningRow } from '../db/tables.ts';
import type { Message } from '../slack/blocks.ts';
import { failureLevel, isLost, redeliveryDelayMs } from '../slack/delivery.ts';
import { takeOutdatedWarnings, updateWarning, warningOf } from './warning-store.ts';
import { warningMessage } from './warning-views.ts';
import type { WatchParts } from './watch-parts.ts';

/**
 * Brings every warning in Slack up to date with the license: posts it once, then rewrites it. What Slack does not
 * take is tried again at a later pass. A crash between Slack's taking a post and our recording it, or an
 * answer of Slack that got lost, repeats that post once.
 */
export async function postWarnings(parts: WatchParts): Promise<void> {
  const { db, log, now } = parts;
  for (const row of await takeOutdatedWarnings(db, now())) {
    try {
      const ts = await show(parts, row);
      await updateWarning(db, row.id, { ts, shownRevision: row.revision, attempts: 0, notBefore: 0 });
    } catch (error) {
      const delayMs = redeliveryDelayMs(error, row.attempts);
      const level = failureLevel(error, row.attempts);
      log[level]({ err: error, warning: row.id, delayMs }, 'license warning not posted: it is tried again');
      await updateWarning(db, row.id, { notBefore: now().getTime() + delayMs });
    }
  }
}

/** Posts or rewrites the warning; the message's `ts`, null where there is none to be. */
async function show({ client, log, rules }: WatchParts, row: LicenseWarningRow): Promise<string | null> {
  const warning = warningOf(row);
  const message = toPost(warningMessage(warning, rules.administrators));
  const { channel } = row;
  if (row.ts === null) {
    // Overtaken before Slack took it: the later warning says it.
    if (warning.state === 'superseded') return null;
    const { ts } = await client.chat.postMessage({ channel, ...message });
    if (ts === undefined) throw new Error('chat.postMessage answered without ts');
    return ts;
  }
  try {
    await client.chat.update({ channel, ts: row.ts, ...message });
  } catch (error) {
    if (!isLost(error)) throw error;
    log.warn({ err: error, warning: row.id }, 'license warning cannot be rewritten any more');
  }
  return row.ts;
}

const toPost = ({ text, blocks }: Message) => ({ text, blocks: [...blocks] });
