import { z } from 'zod';

// Text objects of docs.slack.dev/reference/block-kit/composition-objects/text-object. Slack counts characters
// after escaping; we count UTF-16 units, which is never less.

const textOf = (max: number) => z.string().min(1).max(max);

/** A `plain_text` object of 1 to `max` characters, the only kind that takes `emoji`. */
export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: textOf(max), emoji: z.boolean().optional() });

/** A `mrkdwn` object of 1 to `max` characters, the only kind that takes `verbatim`. */
export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: textOf(max), verbatim: z.boolean().optional() });

/** Either kind of text object, 1 to `max` characters. */
export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
