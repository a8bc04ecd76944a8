import { useRef, useState } from 'react';
import { Autocomplete, Button, Input, Label, ListBox, ListBoxItem, TextField } from 'react-aria-components';
import { type Completion, completionsFor, type Mentionable } from './completion.ts';
import type { Channel, SlackState } from './model.ts';
import type { Slack } from './slack-source.ts';

interface ComposerProps {
  readonly slack: Slack;
  readonly channel: Channel;
}

/** A way in for newcomers; the people are of the demo's Wallaroo. */
const firstSteps = [
  '/wallaroo users',
  '/wallaroo me',
  '/wallaroo user steve',
  '/wallaroo deactivate tom@ex.co',
  '/wallaroo license',
];

const placeholderOf = (channel: Channel) =>
  channel.kind === 'app' ? `Message ${channel.name}` : `Message #${channel.name}`;

const mentionables = ({ people, names, channels }: SlackState): readonly Mentionable[] => [
  ...people.map(({ handle, name }) => ({ mention: `@${handle}`, about: name })),
  ...names.groups.map(({ name }) => ({ mention: `@${name}`, about: 'Everybody in this group' })),
  ...channels
    .filter(({ kind }) => kind === 'channel')
    .map(({ name }) => ({ mention: `#${name}`, about: '' })),
];

/** Drawn only inside an `Autocomplete`: the keyboard stays in the text, screen readers hear the marked line. */
function Completions(props: {
  readonly completions: readonly Completion[];
  readonly onPick: (text: string) => void;
}) {
  return (
    <ListBox aria-label="Completions" className="completions" onAction={(key) => props.onPick(String(key))}>
      {props.completions.map(({ text, about, shown = text }) => (
        <ListBoxItem className="menu-item completion" id={text} key={text} textValue={`${text} ${about}`}>
          <strong>{shown}</strong>
          <span className="choice-description">{about}</span>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

/** Which completion the arrow keys have marked, if one. */
const markedBy = (input: Element): string | undefined =>
  document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.dataset.key;

/** Where commands are typed: completes them from the app's manifest, people after an `@`; sends with Enter. */
export function Composer({ slack, channel }: ComposerProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const [isDismissed, setDismissed] = useState(false);
  const completions = isDismissed ? [] : completionsFor(text, slack.commands, mentionables(slack.state));
  const change = (typed: string) => {
    setText(typed);
    setDismissed(false);
  };
  const send = async () => {
    const typed = text.trim();
    if (typed === '') return;
    change('');
    await slack.say(channel.id, typed);
  };
  const key = (event: React.KeyboardEvent) => {
    const marked = markedBy(event.currentTarget);
    if (event.key === 'Tab' && !event.shiftKey && completions.length > 0)
      change(marked ?? completions[0]?.text ?? text);
    else if (event.key === 'Enter' && marked === undefined) void send();
    else if (event.key === 'Escape') setDismissed(true);
    else return;
    event.preventDefault();
  };
  return (
    <div className="composer-place">
      <Autocomplete disableAutoFocusFirst inputValue={text} onInputChange={change}>
        {completions.length > 0 && <Completions completions={completions} onPick={change} />}
        <div className="composer">
          <TextField className="composer-field">
            <Label className="hidden">{placeholderOf(channel)}</Label>
            <Input
              autoComplete="off"
              className="composer-input"
              onKeyDown={key}
              placeholder={placeholderOf(channel)}
              ref={input}
              spellCheck="false"
            />
          </TextField>
          <Button
            aria-label="Send"
            className="send"
            isDisabled={text.trim() === ''}
            onPress={() => void send()}
          >
            <span aria-hidden>➤</span>
          </Button>
        </div>
      </Autocomplete>
      <fieldset className="first-steps">
        <legend>Try</legend>
        {firstSteps.map((step) => (
          <Button
            className="first-step"
            key={step}
            onPress={() => {
              change(step);
              input.current?.focus();
            }}
          >
            {step}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}
