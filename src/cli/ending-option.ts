import { durationText } from '../texts/duration.ts';
import { type Ending, readEnding } from '../texts/ending.ts';
import { momentText } from '../texts/moment.ts';
import { CommandError, EXIT } from './exit-codes.ts';

export interface EndingOptions {
  readonly for?: string;
  readonly until?: string;
}

/** The zone of this machine, in which `--until Friday` is read. */
const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** When an activation is to end, by `--for 7d` or `--until "24 Dec"`. */
export function endingOption(options: EndingOptions, now: Date): Ending | undefined {
  const typed = options.for ?? options.until;
  if (typed === undefined) return undefined;
  // A clock alone is a moment only behind the word, which the option stands for.
  const text = options.for === undefined && !/^(?:until|till?)\s/i.test(typed) ? `until ${typed}` : typed;
  const read = readEnding(text, { now, timeZone: timeZone() });
  const name = options.for === undefined ? '--until' : '--for';
  if (!read.ok) throw new CommandError(EXIT.usage, `${name} ${typed}: ${read.problem}`);
  if (read.ending.kind === (name === '--for' ? 'after' : 'at')) return read.ending;
  throw new CommandError(
    EXIT.usage,
    '--for takes a length of time, such as 7d or 12h; --until a moment, such as "24 Dec 18:00" or Friday.',
  );
}

/** The option that says what `for 7 days` says behind a name in Slack; `undefined` where the words end with no such time. */
export function endingAsOption(words: readonly string[], now: Date): string | undefined {
  for (const at of words.keys()) {
    if (at === 0) continue;
    const text = words.slice(at).join(' ');
    const read = readEnding(text, { now, timeZone: timeZone() });
    if (read.ok)
      return `${read.ending.kind === 'after' ? '--for' : '--until'} "${text.replace(/^(?:for|until|till?)\s+/i, '')}"`;
  }
  return undefined;
}

/** When an activation ends, as a line of what it does: `for 7 days`, `until Thu, 24 Dec 2026, 23:59 (Europe/Berlin)`. */
export function endingLines(ending: Ending | undefined): readonly string[] {
  if (ending === undefined) return [];
  const end =
    ending.kind === 'after' ? `for ${durationText(ending.ms)}` : `until ${momentText(ending.at, timeZone())}`;
  return [`  Active ${end}, then deactivated again.`];
}
