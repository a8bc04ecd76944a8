import { z } from 'zod';
import {
  button,
  checkboxes,
  imageElement,
  imageParts,
  oneImageSource,
  oneImageSourceMessage,
  overflow,
  radioButtons,
} from './elements.ts';
import * as inputs from './inputs.ts';
import * as menus from './menus.ts';
import { richText } from './rich-text.ts';
import { anyText, mrkdwn, plainText } from './text.ts';

// Blocks of docs.slack.dev/reference/block-kit/blocks and the elements that each may hold. Blocks that are not
// here (video, table, card, file, …) are refused as unsupported: the sandbox's page does not draw them.

const block = { block_id: z.string().max(255).optional() };

const selects = [
  menus.staticSelect,
  menus.externalSelect,
  menus.usersSelect,
  menus.channelsSelect,
  menus.conversationsSelect,
] as const;
const multiSelects = [menus.multiStaticSelect, menus.multiExternalSelect, menus.multiUsersSelect] as const;
const pickers = [inputs.datepicker, inputs.timepicker] as const;

const accessory = z.discriminatedUnion('type', [
  button,
  overflow,
  radioButtons,
  checkboxes,
  imageElement,
  ...selects,
  ...multiSelects,
  ...pickers,
]);

const actionElement = z.discriminatedUnion('type', [
  button,
  overflow,
  radioButtons,
  checkboxes,
  ...selects,
  ...multiSelects,
  ...pickers,
  inputs.datetimepicker,
  inputs.richTextInput,
]);

const inputElement = z.discriminatedUnion('type', [
  radioButtons,
  checkboxes,
  ...selects,
  ...multiSelects,
  ...pickers,
  inputs.datetimepicker,
  inputs.plainTextInput,
  inputs.emailInput,
  inputs.urlInput,
  inputs.numberInput,
  inputs.richTextInput,
]);

const section = z
  .strictObject({
    type: z.literal('section'),
    ...block,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((it) => it.text !== undefined || it.fields !== undefined, 'must define either `text` or `fields`');

const everywhere = [
  section,
  z.strictObject({ type: z.literal('divider'), ...block }),
  z.strictObject({ type: z.literal('header'), ...block, text: plainText(150) }),
  z.strictObject({
    type: z.literal('context'),
    ...block,
    elements: z
      .array(z.discriminatedUnion('type', [plainText(3000), mrkdwn(3000), imageElement]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('actions'), ...block, elements: z.array(actionElement).min(1).max(25) }),
  z
    .strictObject({ ...imageParts, ...block, title: plainText(2000).optional() })
    .refine(oneImageSource, oneImageSourceMessage),
  richText,
] as const;

const input = z.strictObject({
  type: z.literal('input'),
  ...block,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});

/** The limit of a markdown block is 12,000 characters. */
const markdown = z.strictObject({
  type: z.literal('markdown'),
  ...block,
  text: z.string().min(1).max(12_000),
});

/**
 * What stands in a message. Inputs are kept out: a message has no submission that would carry their values,
 * and the clients draw them unevenly there.
 */
export const messageBlock = z.discriminatedUnion('type', [...everywhere, markdown]);

/** What stands in a modal or in App Home. */
export const viewBlock = z.discriminatedUnion('type', [...everywhere, input]);
