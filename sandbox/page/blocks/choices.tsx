import type { Checkboxes, MultiStaticSelect, Option, RadioButtons } from '@slack/types';
import { useState } from 'react';
import { Checkbox, CheckboxGroup, Radio, RadioGroup } from 'react-aria-components';
import { useAsk } from './confirm.tsx';
import { FieldFrame, fieldProps, type Labelled } from './field.tsx';
import { Text } from './rich-text.tsx';
import { type Control, useSurface } from './surface.ts';

const OptionText = ({ option }: { readonly option: Option }) => (
  <span className="choice-text">
    <Text text={option.text} />
    {option.description !== undefined && (
      <span className="choice-description">
        <Text text={option.description} />
      </span>
    )}
  </span>
);

/** Radio buttons, checkboxes, and a menu of several as a list of boxes; in an input block they are kept, elsewhere each change is sent. */
export function Choices(props: {
  readonly element: RadioButtons | Checkboxes | MultiStaticSelect;
  readonly at: Control;
  readonly field: Labelled;
}) {
  const { element, at, field } = props;
  const surface = useSurface();
  const ask = useAsk();
  const options = element.options ?? [];
  const initial =
    element.type === 'radio_buttons'
      ? [element.initial_option?.value ?? '']
      : (element.initial_options ?? []).map((option) => option.value ?? '');
  const before = surface.filled(at);
  const [chosen, setChosen] = useState<readonly string[]>(
    before === undefined || before === null ? initial : typeof before === 'string' ? [before] : before,
  );
  const change = async (values: readonly string[]) => {
    const previous = chosen;
    setChosen(values);
    if (field.visible) surface.fill(at, element.type === 'radio_buttons' ? (values[0] ?? null) : values);
    else if (await ask(element.confirm))
      await surface.choose(
        at,
        options.filter((option) => values.includes(option.value ?? '')),
      );
    else setChosen(previous);
  };
  const boxes = options.map((option) => (
    <Checkbox className="choice" key={option.value} value={option.value ?? ''}>
      <span aria-hidden className="choice-mark choice-check" />
      <OptionText option={option} />
    </Checkbox>
  ));
  if (element.type !== 'radio_buttons')
    return (
      <CheckboxGroup
        {...fieldProps(field)}
        className="field"
        onChange={(values) => void change(values)}
        value={[...chosen]}
      >
        <FieldFrame field={field}>
          {element.type === 'checkboxes' ? boxes : <div className="choices-long">{boxes}</div>}
        </FieldFrame>
      </CheckboxGroup>
    );
  return (
    <RadioGroup
      {...fieldProps(field)}
      className="field"
      onChange={(value) => void change([value])}
      value={chosen[0] ?? ''}
    >
      <FieldFrame field={field}>
        {options.map((option) => (
          <Radio className="choice" key={option.value} value={option.value ?? ''}>
            <span aria-hidden className="choice-mark choice-radio" />
            <OptionText option={option} />
          </Radio>
        ))}
      </FieldFrame>
    </RadioGroup>
  );
}
