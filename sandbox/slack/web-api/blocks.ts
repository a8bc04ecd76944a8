import { type BlockKitFault, validateMessage, validateView } from '../block-kit/validate.ts';
import { asJson, decoded, isJson, type Json } from '../json.ts';
import { SlackRefusal } from '../refusals.ts';
import type { Method } from './method.ts';

const kinds = ['blocks', 'message', 'view'] as const;

/** `[ERROR] must be … [json-pointer:/view/title]` as this method has it: the pointer begins inside of what was sent. */
function detail(words: string, root: RegExp): Json {
  const [, message = words, pointer = ''] = /^\[ERROR\] (.*) \[json-pointer:(.*)\]$/.exec(words) ?? [];
  return { pointer: pointer.replace(root, ''), code: 'failed_constraint', message };
}

function refuse(error: string, fault: BlockKitFault | undefined, root: RegExp): void {
  if (fault === undefined) return;
  const words = fault.messages.length === 0 ? [fault.error] : fault.messages;
  throw new SlackRefusal(error, { errors: words.map((one) => detail(one, root)) });
}

/** A message here is its blocks and attachments; `text` is refused (slackapi/node-slack-sdk#2659). */
function checkMessage(given: unknown): void {
  const message = asJson(given);
  const other = Object.keys(message).find((key) => key !== 'blocks' && key !== 'attachments');
  if (!isJson(given) || other !== undefined)
    refuse('invalid_message', fault(`invalid additional property: ${other ?? ''}`), /^/);
  refuse('invalid_message', validateMessage({ blocks: message.blocks }), /^/);
}

const fault = (words: string): BlockKitFault => ({
  error: 'invalid_message',
  messages: [`[ERROR] ${words} [json-pointer:]`],
});

/**
 * `blocks.validate` (its method page): takes exactly one of `blocks`, `message` and `view`, and shows them to nobody. Slack
 * itself asks for no token.
 */
export const blocks: Readonly<Record<string, Method>> = {
  'blocks.validate': {
    run: (_, args) => {
      const [kind, ...more] = kinds.filter((one) => args[one] !== undefined);
      if (kind === undefined || more.length > 0) throw new SlackRefusal('invalid_arguments');
      const given = decoded(args[kind]);
      if (kind === 'view') refuse('invalid_view', validateView(given), /^\/view/);
      else if (kind === 'message') checkMessage(given);
      else refuse('invalid_blocks', validateMessage({ blocks: given }), /^\/blocks/);
      return {};
    },
  },
};
