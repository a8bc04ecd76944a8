import type { ActionsBlockElement, InputBlockElement, SectionBlockAccessory } from '@slack/types';
import { Choices } from './choices.tsx';
import type { Labelled } from './field.tsx';
import { OverflowMenu, PressButton } from './press.tsx';
import { SelectMenu } from './select.tsx';
import type { Control } from './surface.ts';
import { TypedInput } from './text-input.tsx';

type AnyElement = ActionsBlockElement | SectionBlockAccessory | InputBlockElement;

const bare = (label: string): Labelled => ({ label, visible: false, optional: true });

/** One element of a block. `field` is given by an input block; without it each use is sent to the app at once. */
export function Element(props: {
  readonly element: AnyElement;
  readonly blockId: string;
  readonly field?: Labelled;
}) {
  const { element, blockId } = props;
  const at: Control = { blockId, actionId: ('action_id' in element ? element.action_id : undefined) ?? '' };
  const field =
    props.field ?? bare('placeholder' in element ? (element.placeholder?.text ?? 'Choose') : 'Choose');
  switch (element.type) {
    case 'button':
      return <PressButton at={at} element={element} />;
    case 'overflow':
      return <OverflowMenu at={at} element={element} />;
    case 'static_select':
    case 'external_select':
    case 'users_select':
      return <SelectMenu at={at} element={element} field={field} />;
    case 'radio_buttons':
    case 'checkboxes':
    case 'multi_static_select':
      return <Choices at={at} element={element} field={field} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <TypedInput at={at} element={element} field={field} />;
    case 'image':
      return 'image_url' in element ? (
        <img alt={element.alt_text} className="thumbnail" src={element.image_url} />
      ) : (
        <span className="undrawn">{element.alt_text}</span>
      );
    default:
      return <span className="undrawn">({element.type} is not drawn here)</span>;
  }
}
