import { z } from 'zod';
import { choiceOption, confirmDialog, overflowOption, slackFile } from './composition.ts';
import { plainText } from './text.ts';

// Elements that are pressed or picked, of docs.slack.dev/reference/block-kit/block-elements.

export const actionId = { action_id: z.string().max(255).optional() };
export const confirmable = { confirm: confirmDialog.optional() };
export const focusable = { focus_on_load: z.boolean().optional() };
export const placeholdable = { placeholder: plainText(150).optional() };

/** Slack compares the whole option, its text and description included. */
export function sameOption(one: unknown, other: unknown): boolean {
  const sorted = (value: unknown): unknown =>
    value !== null && typeof value === 'object'
      ? Object.entries(value)
          .map(([key, inner]) => [key, sorted(inner)])
          .toSorted()
      : value;
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

export const notProvided = 'must be one of the provided options';

export const button = z.strictObject({
  type: z.literal('button'),
  ...actionId,
  ...confirmable,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});

export const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionId,
  ...confirmable,
  options: z.array(overflowOption).min(1).max(5),
});

const choices = { ...actionId, ...confirmable, ...focusable, options: z.array(choiceOption).min(1).max(10) };

export const radioButtons = z
  .strictObject({ type: z.literal('radio_buttons'), ...choices, initial_option: choiceOption.optional() })
  .refine(
    ({ options, initial_option }) =>
      initial_option === undefined || options.some((option) => sameOption(option, initial_option)),
    { message: notProvided, path: ['initial_option'] },
  );

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...choices,
    initial_options: z.array(choiceOption).min(1).optional(),
  })
  .refine(
    ({ options, initial_options }) =>
      (initial_options ?? []).every((initial) => options.some((option) => sameOption(option, initial))),
    { message: notProvided, path: ['initial_options'] },
  );

/** An image beside text: from the web or from Slack's files, not both. */
export const imageParts = {
  type: z.literal('image'),
  alt_text: z.string().min(1).max(2000),
  image_url: z.string().max(3000).optional(),
  slack_file: slackFile.optional(),
};

export const oneImageSource = (image: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (image.image_url === undefined) !== (image.slack_file === undefined);
export const oneImageSourceMessage = 'must define either `image_url` or `slack_file`';

export const imageElement = z.strictObject(imageParts).refine(oneImageSource, oneImageSourceMessage);
