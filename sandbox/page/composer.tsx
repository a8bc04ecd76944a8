import { useRef, useState } from 'react';
import { Button, Input, Label, ListBox, ListBoxItem, TextField } from 'react-aria-components';
import { type Completion, completionsFor } from './completion.ts';
import type { Channel } from './model.ts';
import type { Slack } from './slack-source.ts';

interface ComposerProps {
  readonly slack: Slack;
  readonly channel: Channel;
}

/** A way in for newcomers; the people are of the sandbox's Wallaroo. */
const firstSteps = [
  '/wallaroo users',
  '/wallaroo user steve',
  '/wallaroo deactivate testuser@wallaroo.ai',
  '/wallaroo license',
];

const placeholderOf = (channel: Channel) =>
  channel.kind === 'app' ? `Message ${channel.name}` : `Message #${channel.name}`;

function Completions(props: {
  readonly completions: readonly Completion[];
  readonly marked: number;
  readonly onPick: (completion: Completion) => void;
}) {
  return (
    <ListBox
      aria-label="Commands"
      className="completions"
      onAction={(key) => {
        const picked = props.completions.find((completion) => completion.text === key);
        if (picked !== undefined) props.onPick(picked);
      }}
    >
      {props.completions.map((completion, index) => (
        <ListBoxItem
          className="menu-item completion"
          data-marked={index === props.marked}
          id={completion.text}
          key={completion.text}
          textValue={completion.text}
        >
          <strong>{completion.text}</strong>
          <span className="choice-description">{completion.about}</span>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

/** Where commands are typed: completes them from the app's manifest, sends with Enter. */
export function Composer({ slack, channel }: ComposerProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const [marked, setMarked] = useState(-1);
  const completions = completionsFor(text, slack.commands);
  const change = (typed: string) => {
    setText(typed);
    setMarked(-1);
  };
  const send = async () => {
    const typed = text.trim();
    if (typed === '') return;
    change('');
    await slack.say(channel.id, typed);
  };
  const key = (event: React.KeyboardEvent) => {
    const picked = completions[marked];
    if (event.key === 'ArrowDown' && completions.length > 0) setMarked((marked + 1) % completions.length);
    else if (event.key === 'ArrowUp' && completions.length > 0)
      setMarked((marked - 1 + completions.length) % completions.length);
    else if (event.key === 'Tab' && !event.shiftKey && completions.length > 0)
      change((picked ?? completions[0])?.text ?? text);
    else if (event.key === 'Enter' && picked !== undefined) change(picked.text);
    else if (event.key === 'Enter') void send();
    else if (event.key === 'Escape') setMarked(-1);
    else return;
    event.preventDefault();
  };
  return (
    <div className="composer-place">
      {completions.length > 0 && (
        <Completions completions={completions} marked={marked} onPick={(it) => change(it.text)} />
      )}
      <div className="composer">
        <TextField className="composer-field" onChange={change} value={text}>
          <Label className="hidden">{placeholderOf(channel)}</Label>
          <Input
            aria-autocomplete="list"
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
