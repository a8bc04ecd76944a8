import { z } from 'zod';
import { viewBlock } from './blocks.ts';
import { plainText } from './text.ts';

// docs.slack.dev/reference/views: modals and App Home.

const base = {
  blocks: z.array(viewBlock).max(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...base,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .superRefine(({ blocks, submit }, context) => {
    for (const [index, { type }] of blocks.entries()) {
      if (type === 'input' && submit === undefined) {
        const message = 'must define `submit` to use an `input` block in modals';
        context.addIssue({ code: 'custom', message, path: ['blocks', index, 'input'] });
      }
    }
  });

const home = z.strictObject({ type: z.literal('home'), ...base });

/** A modal or a Home tab. Home knows neither title nor submit nor close. */
export const view = z.discriminatedUnion('type', [modal, home]);
