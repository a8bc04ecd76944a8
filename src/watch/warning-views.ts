import { seatsText } from '../license/license-views.ts';
import { type Level, levelOf, type Meter } from '../license/seats.ts';
import { warningText } from '../license/warning-text.ts';
import { context, type Message, section } from '../slack/blocks.ts';
import { dateTime } from '../slack/mrkdwn.ts';
import { hasFallen } from './crossing.ts';

/** `live`: how it is now; `cleared`: seats came free, or nothing limits them now; `superseded`: a later warning tells how it is now. */
export type WarningState = 'live' | 'cleared' | 'superseded';

/** A post in the license channel about a rise of the count. */
export interface Warning {
  readonly state: WarningState;
  /** The level that the count rose to. */
  readonly level: Level;
  /** How it is now; for superseded ones, how it was until then. */
  readonly meter: Meter;
  readonly raisedAt: Date;
  readonly changedAt: Date;
}

const WAS: Readonly<Record<Level, string>> = {
  free: 'had free seats',
  near: 'was nearly full',
  full: 'was full',
  over: 'was over its limit',
};

/** A warning as it is to be read at present. `administrators` are mentions. */
export function warningMessage(warning: Warning, administrators: string): Message {
  const { level, meter, raisedAt, changedAt } = warning;
  const seats = seatsText(meter);
  switch (warning.state) {
    case 'live': {
      const fell = hasFallen(level, levelOf(meter));
      const since = fell
        ? `The license ${WAS[level]} ${dateTime(raisedAt)}; seats have come free since.`
        : `Since ${dateTime(raisedAt)}.`;
      return {
        text: `License warning: ${seats} taken`,
        blocks: [
          section(warningText(meter, { administrator: true, administrators }) ?? `${seats} are taken.`),
          context(since, `For ${administrators}`),
        ],
      };
    }
    case 'cleared': {
      const [lead, more] =
        levelOf(meter) === 'free'
          ? ['Seats are free again:', `${seats} taken`]
          : ['No limit of seats any more:', 'the license is now Wallaroo Enterprise'];
      return {
        text: `${lead} ${more}`,
        blocks: [
          section(`*${lead}* ${more}. :large_green_circle:`),
          context(`The license ${WAS[level]} ${dateTime(raisedAt)}. Cleared ${dateTime(changedAt)}.`),
        ],
      };
    }
    case 'superseded':
      return {
        text: `The license ${WAS[level]} ${dateTime(raisedAt)}.`,
        blocks: [
          context(
            `The license ${WAS[level]} ${dateTime(raisedAt)}${levelOf(meter) === level ? `: ${seats} taken` : ''}. More seats were taken ${dateTime(changedAt)}: see the later warning.`,
          ),
        ],
      };
  }
}
