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

/** When an activation ends, `typed` as it was typed: one of the times, or a choice of its own. */
export function endingBlocks(typed: string | undefined): readonly InputBlock[] {
  const noEnd = option('No end', NO_END);
  const own = ownOption(typed);
  return [
    {
      type: 'input',
      block_id: ids.durationBlock,
      label: plain('For how long', 2000),
      hint: plain('Then the user is deactivated again.', 2000),
      element: {
        type: 'static_select',
        action_id: ids.duration,
        options: [noEnd, ...added(own), ...timeOptions, option('Until a date', UNTIL_DATE)],
        initial_option: own ?? noEnd,
      },
    },
    {
      type: 'input',
      block_id: ids.endDateBlock,
      optional: true,
      label: plain('Until', 2000),
      hint: plain('The last day, with "Until a date".', 2000),
      element: { type: 'datepicker', action_id: ids.endDate },
    },
  ];
}

/** How much longer an activation is to last; `durationMs` is how long it was to last. */
export function longerBlock(durationMs: number | undefined): InputBlock {
  const own = durationMs === undefined ? undefined : ownOption(durationText(durationMs));
  return {
    type: 'input',
    block_id: ids.durationBlock,
    label: plain('How much longer', 2000),
    hint: plain('Counted from that end.', 2000),
    element: {
      type: 'static_select',
      action_id: ids.duration,
      options: [...added(own), ...timeOptions],
      ...(own === undefined ? {} : { initial_option: own }),
    },
  };
}

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
