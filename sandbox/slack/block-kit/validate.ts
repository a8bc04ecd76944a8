import { z } from 'zod';
import { messageBlock } from './blocks.ts';
import { suggestions } from './menus.ts';
import { inSlacksWords } from './slack-words.ts';
import { repeatedFocus, repeatedIds } from './uniqueness.ts';
import { view as viewSchema } from './view.ts';

/** Slack's refusal: its error string and the details it gives in `response_metadata.messages`. */
export interface BlockKitFault {
  readonly error: string;
  readonly messages: readonly string[];
}

const messageBlocks = z.array(messageBlock).max(50);

/** Characters of `text` that `chat.postMessage` takes (its method page). */
const textLimit = 40_000;
/** Characters of all texts of a message together; undocumented, seen in slackapi/bolt-js#2509. */
const allBlocksLimit = 13_200;
const viewLimitBytes = 250_000;

const fault = (error: string, ...messages: readonly string[]): BlockKitFault => ({ error, messages });

/** Web API calls carry structures either as JSON or as text holding JSON. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function textLength(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  return Object.entries(value)
    .map(([key, inner]) => (key === 'text' && typeof inner === 'string' ? inner.length : textLength(inner)))
    .reduce((sum, length) => sum + length, 0);
}

function validateBlocks(given: unknown): BlockKitFault | undefined {
  const blocks = decoded(given);
  if (!Array.isArray(blocks)) return fault('invalid_blocks_format');
  const parsed = messageBlocks.safeParse(blocks, { reportInput: true });
  if (!parsed.success) return fault('invalid_blocks', ...inSlacksWords(parsed.error.issues, ['blocks']));
  const repeated = repeatedIds(parsed.data, '/blocks');
  if (repeated.length > 0) return fault('invalid_blocks', ...repeated);
  return textLength(blocks) > allBlocksLimit ? fault('msg_blocks_too_long') : undefined;
}

/**
 * What Slack would refuse about a message's `text` and `blocks` (either may be missing, not both), or
 * `undefined`. Errors: `no_text`, `msg_too_long`, `invalid_blocks_format`, `invalid_blocks`,
 * `msg_blocks_too_long`, `invalid_arguments` (chat.postMessage's method page).
 */
export function validateMessage(message: { text?: unknown; blocks?: unknown }): BlockKitFault | undefined {
  const { text, blocks } = message;
  if (text !== undefined && text !== null && typeof text !== 'string')
    return fault('invalid_arguments', '[ERROR] must provide a string [json-pointer:/text]');
  if ((text?.length ?? 0) > textLimit) return fault('msg_too_long');
  const inBlocks = blocks === undefined || blocks === null ? undefined : validateBlocks(blocks);
  if (inBlocks !== undefined) return inBlocks;
  const drawn = decoded(blocks);
  return !text && !(Array.isArray(drawn) && drawn.length > 0) ? fault('no_text') : undefined;
}

/**
 * What Slack would refuse about a modal or a Home tab (views.open's method page), or `undefined`.
 * Errors: `invalid_arguments` with details, `view_too_large` above 250 kB.
 */
export function validateView(given: unknown): BlockKitFault | undefined {
  const view = decoded(given);
  if (view === null || typeof view !== 'object')
    return fault('invalid_arguments', '[ERROR] must provide an object [json-pointer:/view]');
  if (Buffer.byteLength(JSON.stringify(view)) > viewLimitBytes) return fault('view_too_large');
  const parsed = viewSchema.safeParse(view, { reportInput: true });
  if (!parsed.success) return fault('invalid_arguments', ...inSlacksWords(parsed.error.issues, ['view']));
  const { blocks } = parsed.data;
  const repeated = [...repeatedIds(blocks, '/view/blocks'), ...repeatedFocus(blocks, '/view/blocks')];
  return repeated.length > 0 ? fault('invalid_arguments', ...repeated) : undefined;
}

/** What Slack would refuse about the answer to `block_suggestion`: it shows "no results" and says nothing else. */
export function validateSuggestions(answer: unknown): BlockKitFault | undefined {
  const parsed = suggestions.safeParse(answer, { reportInput: true });
  return parsed.success ? undefined : fault('invalid_arguments', ...inSlacksWords(parsed.error.issues, []));
}
