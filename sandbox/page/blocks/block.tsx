import type { ContextBlock, InputBlock, KnownBlock, SectionBlock } from '@slack/types';
import { Element } from './element.tsx';
import { Drawn, RichText, Text } from './rich-text.tsx';
import { useSurface } from './surface.ts';

function Section({ block }: { readonly block: SectionBlock }) {
  return (
    <div className="section">
      <div className="section-main">
        {block.text !== undefined && <Text text={block.text} />}
        {block.fields !== undefined && (
          <div className="section-fields">
            {block.fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no ids, their place is what tells them apart
              <div key={index}>
                <Text text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory !== undefined && (
        <div className="section-accessory">
          <Element blockId={block.block_id ?? ''} element={block.accessory} />
        </div>
      )}
    </div>
  );
}

function Context({ block }: { readonly block: ContextBlock }) {
  return (
    <div className="context">
      {block.elements.map((element, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: elements of a context have no ids
        <div className="context-element" key={index}>
          {element.type === 'image' ? (
            <Element blockId={block.block_id ?? ''} element={element} />
          ) : (
            <Text text={element} />
          )}
        </div>
      ))}
    </div>
  );
}

function InputRow({ block }: { readonly block: InputBlock }) {
  const { errors } = useSurface();
  const blockId = block.block_id ?? '';
  const field = {
    label: block.label.text,
    visible: true,
    hint: block.hint?.text,
    error: errors[blockId],
    optional: block.optional === true,
  };
  return <Element blockId={blockId} element={block.element} field={field} />;
}

/** One block of a message or view. */
export function Block({ block }: { readonly block: KnownBlock }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'header':
      return (
        <h2 className="header">
          <Text text={block.text} />
        </h2>
      );
    case 'divider':
      return <hr className="divider" />;
    case 'context':
      return <Context block={block} />;
    case 'actions':
      return (
        <div className="actions">
          {block.elements.map((element, index) => (
            <Element
              blockId={block.block_id ?? ''}
              element={element}
              key={('action_id' in element ? element.action_id : undefined) ?? index}
            />
          ))}
        </div>
      );
    case 'input':
      return <InputRow block={block} />;
    case 'rich_text':
      return <RichText elements={block.elements} />;
    case 'image':
    case 'markdown':
      return <Drawn blocks={[block as Parameters<typeof Drawn>[0]['blocks'][number]]} />;
    default:
      return <div className="undrawn">({block.type} is not drawn here)</div>;
  }
}
