import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { Avatar } from './avatar.tsx';
import type { Channel, SlackState } from './model.ts';

interface SidebarProps {
  readonly slack: SlackState;
  readonly shown: string | undefined;
  readonly onShow: (channel: Channel) => void;
  readonly onPerson: (id: string) => void;
}

function Row({ channel, ...props }: SidebarProps & { readonly channel: Channel }) {
  const current = channel.id === props.shown;
  return (
    <li>
      <Button
        className="side-row"
        data-current={current}
        data-unread={channel.unread > 0}
        onPress={() => props.onShow(channel)}
        {...(current ? { 'aria-current': 'page' as const } : {})}
      >
        {channel.kind === 'app' ? <Avatar isApp name={channel.name} /> : <span aria-hidden>#</span>}
        <span className="side-name">{channel.name}</span>
        {channel.unread > 0 && (
          <span className="side-unread">
            {channel.unread}
            <span className="hidden"> unread</span>
          </span>
        )}
      </Button>
    </li>
  );
}

function Rows(props: SidebarProps & { readonly title: string; readonly kind: Channel['kind'] }) {
  const rows = props.slack.channels.filter((channel) => channel.kind === props.kind);
  return (
    <section aria-label={props.title}>
      <h2 className="side-title">{props.title}</h2>
      <ul className="side-list">
        {rows.map((channel) => (
          <Row {...props} channel={channel} key={channel.id} />
        ))}
      </ul>
    </section>
  );
}

/** Changes who one is; each person sees their own messages, Home and modals. */
function PersonSwitch({ slack, onPerson }: SidebarProps) {
  return (
    <Select
      className="person-switch"
      onSelectionChange={(key) => onPerson(String(key))}
      selectedKey={slack.me.id}
    >
      <Label className="side-title">You are</Label>
      <Button className="person-button">
        <Avatar name={slack.me.name} />
        <SelectValue className="person-value">
          <span className="person-name">{slack.me.name}</span>{' '}
          <span className="person-about">{slack.me.about}</span>
        </SelectValue>
        <span aria-hidden>⌄</span>
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={slack.people}>
          {(person) => (
            <ListBoxItem className="menu-item menu-person" id={person.id} textValue={person.name}>
              <Avatar name={person.name} />
              <span>
                {person.name}
                <span className="choice-description">{person.about}</span>
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

export function Sidebar(props: SidebarProps) {
  return (
    <nav aria-label="Channels and apps" className="sidebar">
      <div className="side-team">{props.slack.team}</div>
      <div className="side-scroll">
        <Rows {...props} kind="channel" title="Channels" />
        <Rows {...props} kind="app" title="Apps" />
      </div>
      <div className="side-person">
        <PersonSwitch {...props} />
      </div>
    </nav>
  );
}
