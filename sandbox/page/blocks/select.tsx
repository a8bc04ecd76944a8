import type { ExternalSelect, PlainTextOption, StaticSelect, UsersSelect } from '@slack/types';
import { useRef, useState } from 'react';
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useAsk } from './confirm.tsx';
import { type Directory, useDirectory } from './directory.ts';
import { FieldFrame, fieldProps, type Labelled } from './field.tsx';
import { type Control, useSurface } from './surface.ts';

type SelectElement = StaticSelect | ExternalSelect | UsersSelect;

/** Slack asks the app for options after so many typed characters unless told otherwise. */
const defaultQueryLength = 3;

/** Pixels between the box and its menu; below a fault more, so that its line is read above the menu. */
const menuGap = 8;
const menuGapBelowFault = 32;

const person = ({ id, name }: Directory['users'][number]): PlainTextOption => ({
  text: { type: 'plain_text', text: name },
  value: id,
});

function offered(element: SelectElement, directory: Directory): readonly PlainTextOption[] {
  if (element.type === 'users_select') return directory.users.map(person);
  if (element.type === 'external_select') return [];
  return element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
}

function initialOf(element: SelectElement, options: readonly PlainTextOption[]): PlainTextOption | undefined {
  return element.type === 'users_select'
    ? options.find((option) => option.value === element.initial_user)
    : element.initial_option;
}

const leastOf = (element: SelectElement): number =>
  element.type === 'external_select' ? (element.min_query_length ?? defaultQueryLength) : 0;

function emptyText(element: SelectElement, typed: string): string {
  const least = leastOf(element);
  if (typed.length >= least) return 'No results';
  return `Type at least ${least} ${least === 1 ? 'character' : 'characters'} to search`;
}

/** A select menu with its search: among given options, the people, or what the app offers for the typed text. */
export function SelectMenu(props: {
  readonly element: SelectElement;
  readonly at: Control;
  readonly field: Labelled;
}) {
  const { element, at, field } = props;
  const surface = useSurface();
  const directory = useDirectory();
  const ask = useAsk();
  const given = offered(element, directory);
  const [chosen, setChosen] = useState(initialOf(element, given));
  const [typed, setTyped] = useState(chosen?.text.text ?? '');
  const [found, setFound] = useState<readonly PlainTextOption[]>([]);
  const [searching, setSearching] = useState(false);
  const latest = useRef('');
  const external = element.type === 'external_select';
  const filtered = typed === '' || typed === chosen?.text.text ? given : given.filter(matches(typed));
  const options = external ? found : filtered;

  const search = async (text: string) => {
    latest.current = text;
    if (!external || text.length < leastOf(element)) return setFound([]);
    setSearching(true);
    const answer = await surface.search(at, text).finally(() => setSearching(false));
    // An answer may come after that of a later search.
    if (latest.current === text) setFound(answer as readonly PlainTextOption[]);
  };
  const type = (text: string) => {
    setTyped(text);
    void search(text);
  };
  const choose = async (value: string | null) => {
    const option = options.find((candidate) => candidate.value === value);
    // Also called when one leaves without choosing (Escape, Tab): what stood there before comes back.
    if (option === undefined || option.value === chosen?.value) return setTyped(chosen?.text.text ?? '');
    if (!field.visible && !(await ask(element.confirm))) return;
    setChosen(option);
    setTyped(option.text.text);
    if (field.visible) surface.fill(at, option.value ?? null);
    else await surface.choose(at, [option]);
  };
  return (
    <ComboBox
      {...fieldProps(field)}
      allowsEmptyCollection
      className="field select"
      inputValue={typed}
      items={options}
      menuTrigger="focus"
      onBlur={() => setTyped(chosen?.text.text ?? '')}
      onInputChange={type}
      // What stands there already was chosen before: an opened menu offers everything again.
      onOpenChange={(isOpen) => isOpen && typed === (chosen?.text.text ?? '') && void search('')}
      onSelectionChange={(key) => void choose(key === null ? null : String(key))}
      selectedKey={chosen?.value ?? null}
    >
      <FieldFrame field={field}>
        <div className="select-box">
          <Input className="box" placeholder={element.placeholder?.text ?? 'Choose an option'} />
          <Button className="select-arrow">
            <span aria-hidden>▾</span>
          </Button>
        </div>
      </FieldFrame>
      <Popover className="popover" offset={field.error === undefined ? menuGap : menuGapBelowFault}>
        <ListBox
          className="menu"
          renderEmptyState={() => (
            <span className="menu-empty">{searching ? 'Searching…' : emptyText(element, typed)}</span>
          )}
        >
          {options.map((option) => (
            <ListBoxItem
              className="menu-item"
              id={option.value ?? ''}
              key={option.value}
              textValue={option.text.text}
            >
              {option.text.text}
              {option.description !== undefined && (
                <span className="choice-description">{option.description.text}</span>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

const matches = (typed: string) => (option: PlainTextOption) =>
  option.text.text.toLocaleLowerCase().includes(typed.toLocaleLowerCase());
