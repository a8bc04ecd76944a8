import type { InputBlock, PlainTextOption } from '@slack/types';
import { option, plain } from '../../slack/blocks.ts';
import { truncate } from '../../slack/mrkdwn.ts';
import { durationText, parseDuration } from '../../texts/duration.ts';
import { ids } from '../changes-ids.ts';

/** Values of the choices that are no time of their own. */
export const NO_END = 'no_end';
export const UNTIL_DATE = 'until_date';

const TIMES = ['1 day', '1 week', '30 days'];
/** Slack: option object, 150 characters of a value. */
const LONGEST_TYPED = 100;

const timeOptions: readonly PlainTextOption[] = TIMES.map((time) => option(time, time));
const untilDate = option('Until a date', UNTIL_DATE);

/** When an activation ends, `typed` as it was typed: one of the times, or a choice of its own. `asAsked`: what stays as it is. */
export function endingBlocks(
  typed: string | undefined,
  asAsked?: PlainTextOption,
): readonly [InputBlock, InputBlock] {
  const noEnd = option('No end', NO_END);
  const own = ownOption(typed);
  return [
    timeBlock({
      label: 'For how long',
      hint: 'When it is over, the user is deactivated again.',
      options: [...(asAsked === undefined ? [] : [asAsked]), noEnd, ...added(own), ...timeOptions, untilDate],
      initial: asAsked ?? own ?? noEnd,
    }),
    dateBlock,
  ];
}

/** How much longer an activation is to last; `durationMs` is how long it was to last. `asAsked`: what stays as it is. */
export function longerBlocks(
  durationMs: number | undefined,
  asAsked?: PlainTextOption,
): readonly [InputBlock, InputBlock] {
  const own = durationMs === undefined ? undefined : ownOption(durationText(durationMs));
  return [
    timeBlock({
      label: 'How much longer',
      hint: 'Counted from that end.',
      options: [...(asAsked === undefined ? [] : [asAsked]), ...added(own), ...timeOptions, untilDate],
      initial: asAsked ?? own,
    }),
    dateBlock,
  ];
}

interface TimeMenu {
  readonly label: string;
  readonly hint: string;
  readonly options: PlainTextOption[];
  readonly initial: PlainTextOption | undefined;
}

const timeBlock = ({ label, hint, options, initial }: TimeMenu): InputBlock => ({
  type: 'input',
  block_id: ids.durationBlock,
  label: plain(label, 2000),
  hint: plain(hint, 2000),
  element: {
    type: 'static_select',
    action_id: ids.duration,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  },
});

const dateBlock: InputBlock = {
  type: 'input',
  block_id: ids.endDateBlock,
  optional: true,
  label: plain('Until', 2000),
  hint: plain('The last day, with "Until a date".', 2000),
  element: { type: 'datepicker', action_id: ids.endDate },
};

/** The choice for a time that was typed: one of ours where it is as long. */
function ownOption(typed: string | undefined): PlainTextOption | undefined {
  if (typed === undefined) return undefined;
  const ms = parseDuration(typed);
  const same =
    ms === undefined ? undefined : timeOptions.find(({ value }) => parseDuration(value ?? '') === ms);
  return same ?? option(ms === undefined ? typed : durationText(ms), truncate(typed, LONGEST_TYPED));
}

const added = (own: PlainTextOption | undefined): readonly PlainTextOption[] =>
  own === undefined || timeOptions.includes(own) ? [] : [own];
