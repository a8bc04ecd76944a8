import { asJson, asList, asText, type Json } from './json.ts';
import { plainTextOfBlock, plainTextOfText } from './plain-text.ts';
import type { SlackState } from './state.ts';

/** Something to press, pick or fill in, in a message or a view. */
export interface Control {
  readonly blockId: string;
  readonly actionId: string;
  readonly type: string;
  /** A button's text, an input's label, a menu's placeholder; empty for an overflow menu. */
  readonly label: string;
  /** The text of the block around it, or above a row of buttons: what tells one row's menu from the next. */
  readonly nearby: string;
  readonly element: Json;
  readonly isInput: boolean;
  readonly isOptional: boolean;
  readonly dispatches: boolean;
}

function elementsOf(block: Json): readonly Json[] {
  switch (block.type) {
    case 'section':
      return block.accessory === undefined ? [] : [asJson(block.accessory)];
    case 'actions':
      return asList(block.elements).map(asJson);
    case 'input':
      return [asJson(block.element)];
    default:
      return [];
  }
}

function controlOf(state: SlackState, block: Json, element: Json, nearby: string): Control {
  const isInput = block.type === 'input';
  const own = isInput ? block.label : (element.text ?? element.placeholder);
  return {
    blockId: asText(block.block_id) ?? '',
    actionId: asText(element.action_id) ?? '',
    type: asText(element.type) ?? '',
    label: plainTextOfText(state, own),
    nearby,
    element,
    isInput,
    isOptional: block.optional === true,
    dispatches: !isInput || block.dispatch_action === true,
  };
}

/** Every control of these blocks, in order of appearance. */
export function controlsOf(state: SlackState, blocks: readonly Json[]): readonly Control[] {
  let above: string[] = [];
  let hadActions = false;
  return blocks.flatMap((block) => {
    const own = plainTextOfBlock(state, block);
    const isActions = block.type === 'actions';
    // Rows of text and buttons follow one another: what stands above buttons begins after the buttons before.
    if (block.type === 'divider' || (hadActions && !isActions)) above = [];
    hadActions = isActions;
    if (own !== '') above.push(own);
    const nearby = isActions ? above.join('\n') : own;
    return elementsOf(block)
      .filter((element) => element.type !== 'image')
      .map((element) => controlOf(state, block, element, nearby));
  });
}

/** Blocks as Slack keeps them: every block has an id, and every control in it. */
export function withIds(blocks: readonly Json[], newId: () => string): readonly Json[] {
  const named = (element: unknown): unknown => {
    const it = asJson(element);
    const isControl = !['image', 'mrkdwn', 'plain_text'].includes(String(it.type));
    return isControl && it.action_id === undefined ? { ...it, action_id: newId() } : it;
  };
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? newId(),
    ...(block.accessory === undefined ? {} : { accessory: named(block.accessory) }),
    ...(block.element === undefined ? {} : { element: named(block.element) }),
    ...(block.type === 'actions' ? { elements: asList(block.elements).map(named) } : {}),
  }));
}

/** The options that a menu, a group of radio buttons or checkboxes offers without being asked. */
export function optionsOf(element: Json): readonly Json[] {
  const groups = asList(element.option_groups).flatMap((group) => asList(asJson(group).options));
  return [...asList(element.options), ...groups].map(asJson);
}
