import { z } from 'zod';
import { anyText, plainText } from './text.ts';

// Composition objects of docs.slack.dev/reference/block-kit/composition-objects: options, groups, confirm dialogs.

const optionParts = { value: z.string().max(150), description: plainText(75).optional() };

/** An option of a select menu: plain text of 75 characters, a value of 150. */
export const menuOption = z.strictObject({ text: plainText(75), ...optionParts });

/** An option of an overflow menu, the only one that may carry a link. */
export const overflowOption = menuOption.extend({ url: z.string().max(3000).optional() });

/** An option of radio buttons or checkboxes, which may be mrkdwn. */
export const choiceOption = z.strictObject({
  text: anyText(75),
  value: optionParts.value,
  description: anyText(75).optional(),
});

/** A labelled group of 1 to 100 menu options. */
export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(menuOption).min(1).max(100),
});

/** The dialog that asks before an interaction is sent: title 100, text 300, each button 30 characters. */
export const confirmDialog = z.strictObject({
  title: plainText(100).optional(),
  text: anyText(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

/** When an input of text sends `block_actions` while it is typed in. */
export const dispatchConfig = z.strictObject({
  trigger_actions_on: z
    .array(z.enum(['on_enter_pressed', 'on_character_entered']))
    .min(1)
    .max(2),
});

/** Which conversations a conversations menu offers; at least one field. */
export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0, 'must define at least one filter');

/** A file in Slack used as an image: by `url` or by `id`, not both. */
export const slackFile = z
  .strictObject({ url: z.string().max(3000).optional(), id: z.string().optional() })
  .refine((file) => (file.url === undefined) !== (file.id === undefined), 'must define either `url` or `id`');
