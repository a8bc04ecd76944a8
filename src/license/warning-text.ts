import { count } from '../slack/mrkdwn.ts';
import { takenText } from './license-views.ts';
import { type Level, levelOf, type Meter } from './seats.ts';

/** Whom the warning is for: administrators get the remedy, others are told whom to ask. */
export interface WarningReader {
  readonly administrator: boolean;
  /** Mentions of the administrators, for the others. */
  readonly administrators: string;
}

/** One warning with one remedy; `undefined` while there is nothing to warn of. */
export function warningText(meter: Meter, reader: WarningReader): string | undefined {
  if (meter.kind === 'unlimited') return undefined;
  const level = levelOf(meter);
  if (level === 'free') return undefined;
  const remedy = reader.administrator ? REMEDY[level] : `Please ask ${reader.administrators}.`;
  return `${STATE[level](meter.taken, meter.seats)} ${remedy} ${MARK[level]}`;
}

const STATE: Readonly<Record<Exclude<Level, 'free'>, (taken: number, seats: number) => string>> = {
  near: (taken, seats) => {
    const left = seats - taken;
    return `*License nearly full:* ${takenText(taken, seats)}, ${left} ${left === 1 ? 'is' : 'are'} left.`;
  },
  full: (taken, seats) =>
    `*License full:* ${seats === 1 ? 'the only seat is' : `all ${seats} seats are`} taken (${taken} of ${seats}).`,
  over: (taken, seats) =>
    `*Over the license limit:* ${taken} active users for ${count(seats, 'seat')} (${taken - seats} too many).`,
};

const MARK: Readonly<Record<Exclude<Level, 'free'>, string>> = {
  near: ':warning:',
  full: ':no_entry:',
  over: ':rotating_light:',
};

const REMEDY: Readonly<Record<Exclude<Level, 'free'>, string>> = {
  near: 'Deactivate somebody who no longer works with Wallaroo before the last seat goes: `/wallaroo idle` shows who has been idle longest.',
  full: 'To let somebody else in, deactivate another user first or exchange the two with `/wallaroo swap`.',
  over: 'Deactivate users until the limit holds again: `/wallaroo idle` shows who has been idle longest.',
};
