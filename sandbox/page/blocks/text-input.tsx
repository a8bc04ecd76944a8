import type {
  Datepicker,
  DateTimepicker,
  EmailInput,
  NumberInput,
  PlainTextInput,
  Timepicker,
  URLInput,
} from '@slack/types';
import { useState } from 'react';
import { Input, TextArea, TextField } from 'react-aria-components';
import { FieldFrame, fieldProps, type Labelled } from './field.tsx';
import { type Control, useSurface } from './surface.ts';

export type TypedElement =
  | PlainTextInput
  | EmailInput
  | URLInput
  | NumberInput
  | Datepicker
  | Timepicker
  | DateTimepicker;

const kinds: Readonly<Record<TypedElement['type'], string>> = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

const local = (seconds: number) => {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

function initialOf(element: TypedElement): string {
  switch (element.type) {
    case 'datepicker':
      return element.initial_date ?? '';
    case 'timepicker':
      return element.initial_time ?? '';
    case 'datetimepicker':
      return element.initial_date_time === undefined ? '' : local(element.initial_date_time);
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return element.initial_value ?? '';
  }
}

/** What is sent for what stands in the field: seconds for a moment, the text itself otherwise, nothing when empty. */
function sent(element: TypedElement, typed: string): string | null {
  if (typed === '') return null;
  return element.type === 'datetimepicker' ? `${Math.floor(new Date(typed).getTime() / 1000)}` : typed;
}

/** Everything one types: texts, numbers, dates and times. */
export function TypedInput(props: {
  readonly element: TypedElement;
  readonly at: Control;
  readonly field: Labelled;
}) {
  const { element, at, field } = props;
  const surface = useSurface();
  const before = surface.filled(at);
  const [typed, setTyped] = useState(typeof before === 'string' ? before : initialOf(element));
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined;
  const many = element.type === 'plain_text_input' && element.multiline === true;
  const Box = many ? TextArea : Input;
  const change = (value: string) => {
    setTyped(value);
    surface.fill(at, sent(element, value));
  };
  return (
    <TextField
      {...fieldProps(field)}
      autoFocus={element.focus_on_load === true}
      className="field"
      onChange={change}
      type={many ? 'text' : kinds[element.type]}
      value={typed}
      {...(element.type === 'plain_text_input' && element.max_length !== undefined
        ? { maxLength: element.max_length }
        : {})}
    >
      <FieldFrame field={field}>
        <Box className="box" data-many={many} {...(placeholder === undefined ? {} : { placeholder })} />
      </FieldFrame>
    </TextField>
  );
}
