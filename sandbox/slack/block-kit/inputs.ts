import { z } from 'zod';
import { dispatchConfig } from './composition.ts';
import { actionId, confirmable, focusable, placeholdable } from './elements.ts';
import { richText } from './rich-text.ts';

// Elements that are filled in, of docs.slack.dev/reference/block-kit/block-elements.

const field = { ...actionId, ...focusable, ...placeholdable };
const typed = { ...field, dispatch_action_config: dispatchConfig.optional() };
const picked = { ...field, ...confirmable };
const length = (least: number) => z.int().min(least).max(3000).optional();

const atLeast = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined || one >= other;
const numeric = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number');
const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: length(0),
    max_length: length(1),
  })
  .refine((input) => atLeast(input.max_length, input.min_length), {
    message: '`min_length` must not be greater than `max_length`',
    path: ['min_length'],
  });

export const emailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...typed,
  initial_value: z.string().optional(),
});

export const urlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...typed,
  initial_value: z.string().optional(),
});

export const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: numeric.optional(),
    min_value: numeric.optional(),
    max_value: numeric.optional(),
  })
  .refine((input) => atLeast(numberOf(input.max_value), numberOf(input.min_value)), {
    message: '`min_value` must not be greater than `max_value`',
    path: ['min_value'],
  });

export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...picked,
  initial_date: z.iso.date('must be a valid date in the format YYYY-MM-DD').optional(),
});

export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...picked,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time in the format HH:mm')
    .optional(),
  timezone: z.string().optional(),
});

/** `initial_date_time` is in seconds since 1970 and has ten digits. It takes no placeholder. */
export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...actionId,
  ...focusable,
  ...confirmable,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
});

export const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: richText.optional(),
});
