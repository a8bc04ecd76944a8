interface Marked {
  readonly block_id?: string | undefined;
  readonly elements?: readonly unknown[];
  readonly element?: unknown;
  readonly accessory?: unknown;
}

const field = (element: unknown, name: string): unknown =>
  element !== null && typeof element === 'object' ? (element as Record<string, unknown>)[name] : undefined;

const exists = (name: string, value: string, path: string) =>
  `[ERROR] \`${name}\` "${value}" already exists [json-pointer:${path}]`;

/** Ids that stand twice: a `block_id` in one surface, an `action_id` in one block (pages of each block). */
export function repeatedIds(blocks: readonly Marked[], root: string): readonly string[] {
  const found: string[] = [];
  const blockIds = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    if (block.block_id !== undefined) {
      if (blockIds.has(block.block_id))
        found.push(exists('block_id', block.block_id, `${root}/${index}/block_id`));
      blockIds.add(block.block_id);
    }
    const actionIds = new Set<string>();
    for (const [place, element] of (block.elements ?? []).entries()) {
      const id = field(element, 'action_id');
      if (typeof id !== 'string') continue;
      if (actionIds.has(id))
        found.push(exists('action_id', id, `${root}/${index}/elements/${place}/action_id`));
      actionIds.add(id);
    }
  }
  return found;
}

/** Slack lets one element of a view take the focus when it opens. */
export function repeatedFocus(blocks: readonly Marked[], root: string): readonly string[] {
  const focused = blocks.flatMap((block, index) =>
    [block.element, block.accessory, ...(block.elements ?? [])]
      .filter((element) => field(element, 'focus_on_load') === true)
      .map(() => index),
  );
  return focused
    .slice(1)
    .map((index) => `[ERROR] only one element can have \`focus_on_load\` [json-pointer:${root}/${index}]`);
}
