import { setTimeout as wait } from 'node:timers/promises';
import type { Change } from '../changes/change.ts';
import { askedWords } from './change-words.ts';
import type { CommandParts } from './command.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { outcomeOfChange } from './outcome.ts';
import { type Told, toldAs, toldOf } from './told.ts';

/** How long Ctrl-C lets a change go on, ms: most end in that time. */
const GRACE_MS = 3000;

/**
 * Makes one change, whose id is `changeId`. What is recorded stays recorded when Ctrl-C is pressed: a running bot goes on
 * with it.
 */
export async function makeChange(
  parts: CommandParts,
  changeId: string,
  make: () => Promise<Told>,
): Promise<Told> {
  const { terminal, interrupted, changing } = parts;
  const office = await parts.office();
  await office.join();
  if (interrupted.aborted) throw new CommandError(EXIT.interrupted, 'Interrupted.');
  changing.begun = true;
  const made = terminal.spin('Making the change', make());
  // It is awaited below, or left alone.
  made.catch(() => undefined);
  const isDone = await Promise.race([made.then(() => true), graceAfter(interrupted)]);
  if (isDone) return made;
  const change = await office.core.changes.find(changeId);
  return change === undefined ? nothingRecorded() : leftBehind(change);
}

async function graceAfter(interrupted: AbortSignal): Promise<false> {
  if (!interrupted.aborted)
    await new Promise((resolve) => interrupted.addEventListener('abort', resolve, { once: true }));
  await wait(GRACE_MS);
  return false;
}

function nothingRecorded(): never {
  throw new CommandError(EXIT.interrupted, 'Interrupted before anything was recorded. Nothing was changed.');
}

function leftBehind(change: Change): Told {
  const stands = outcomeOfChange(change);
  if (stands.outcome !== 'not done') return toldOf(change);
  const sentence = `Interrupted: ${askedWords(change)}. It is recorded, and a running bot goes on with it. Change ${change.id}.`;
  return toldAs({ ...stands, exitCode: EXIT.interrupted, sentence }, change);
}
