import { z } from 'zod';

// docs.slack.dev/reference/block-kit/blocks/rich-text-block

const flags = (...names: readonly string[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.boolean().optional()]))).optional();
const textStyle = { style: flags('bold', 'italic', 'strike', 'code', 'underline') };
const mentionStyle = {
  style: flags('bold', 'italic', 'strike', 'highlight', 'client_highlight', 'unlink', 'code', 'underline'),
};

const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), ...textStyle });
const link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  ...textStyle,
});

const inline = z.discriminatedUnion('type', [
  text,
  link,
  z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    ...mentionStyle,
  }),
  z.strictObject({ type: z.literal('color'), value: z.string(), ...textStyle }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string(), ...mentionStyle }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string(),
    url: z.string().optional(),
    fallback: z.string().optional(),
    ...textStyle,
  }),
  z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.string().optional(),
    url: z.string().optional(),
    ...textStyle,
  }),
  z.strictObject({ type: z.literal('user'), user_id: z.string(), ...mentionStyle }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string(), ...mentionStyle }),
]);

const border = { border: z.int().min(0).max(1).optional() };
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline) });
const list = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.enum(['bullet', 'ordered']),
  elements: z.array(section),
  indent: z.int().min(0).max(8).optional(),
  offset: z.int().min(0).optional(),
  ...border,
});
const quote = z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(inline), ...border });
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.discriminatedUnion('type', [text, link])),
  ...border,
});

/** A `rich_text` block: sections, lists, quotes and preformatted text. */
export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: z.string().max(255).optional(),
  elements: z.array(z.discriminatedUnion('type', [section, list, quote, preformatted])).min(1),
});
