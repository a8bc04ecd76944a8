import { code, dateTime } from '../slack/mrkdwn.ts';
import type { Change, SwitchStep } from './change.ts';

/** What a change asks for, as mrkdwn: "activate `x`". */
export function askText(change: Pick<Change, 'kind' | 'steps' | 'durationMs'>): string {
  const [first, second] = change.steps;
  if (first === undefined) return change.kind;
  if (first.type === 'switch' && second?.type === 'invite')
    return `*invite* ${code(second.email)} in exchange for ${code(first.label)} (deactivate the one, invite the other)`;
  switch (first.type) {
    case 'invite':
      return `*invite* ${code(first.email)}`;
    case 'extend':
      return `*extend* the activation of ${code(first.label)} until ${dateTime(first.until)}`;
    case 'switch':
      return change.kind === 'swap' && second?.type === 'switch'
        ? `*exchange* ${code(first.label)} for ${code(second.label)} (deactivate the first, activate the second)`
        : `*${first.enabled ? 'activate' : 'deactivate'}* ${code(first.label)}${forText(change.durationMs)}`;
  }
}

/** The same for notifications: no mrkdwn but the code spans that make user data harmless. */
export const askFallback = (change: Pick<Change, 'kind' | 'steps' | 'durationMs'>): string =>
  askText(change).replaceAll('*', '');

function forText(durationMs: number | undefined): string {
  return durationMs === undefined ? '' : ` for ${durationText(durationMs)}`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** "7 days", "90 minutes": whole numbers of the largest unit that fits. */
export function durationText(ms: number): string {
  const [name, unit] = UNITS.find(([, size]) => ms % size === 0 && ms >= size) ?? (['second', 1000] as const);
  const n = Math.round(ms / unit);
  return `${n} ${name}${n === 1 ? '' : 's'}`;
}

/** "`x` is now inactive", one line for each user that a change switched. */
export function doneText(step: SwitchStep): string {
  const state = (step.after ?? step.enabled) ? 'active' : 'inactive';
  const already = step.before === step.after && step.after !== undefined;
  if (step.takenBack) return `${code(step.label)} was put back and is *${state}* again.`;
  return `${code(step.label)} ${already ? `was *${state}* already` : `is now *${state}*`}.`;
}
