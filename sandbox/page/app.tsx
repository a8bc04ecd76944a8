import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { AppPane } from './app-pane.tsx';
import { Behind } from './behind.tsx';
import { ConfirmProvider } from './blocks/confirm.tsx';
import { DirectoryContext } from './blocks/directory.ts';
import { Conversation } from './conversation.tsx';
import type { Channel, SlackState } from './model.ts';
import { Sidebar } from './sidebar.tsx';
import { useSlack } from './slack-source.ts';
import { Thread } from './thread.tsx';
import { useTraffic } from './traffic-source.ts';
import { ClockContext, useSandboxClock } from './use-clock.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { firstPerson, type Route, useRoute } from './use-route.ts';
import { type Theme, useTheme } from './use-theme.ts';
import { ViewModal } from './view-modal.tsx';
import { useWallaroo } from './wallaroo-source.ts';

const nextTheme: Readonly<Record<Theme, Theme>> = { system: 'dark', dark: 'light', light: 'system' };

interface ToolProps {
  readonly icon: string;
  readonly name: string;
  readonly on?: boolean;
  readonly onPress: () => void;
}

/** A button at the top; on a phone only its icon is to be seen. */
function Tool({ icon, name, on, onPress }: ToolProps) {
  const pressed = on === undefined ? {} : { 'aria-pressed': on };
  return (
    <Button {...pressed} aria-label={name} className="tool-button" onPress={onPress}>
      <span aria-hidden>{icon}</span> <span className="tool-text">{name}</span>
    </Button>
  );
}

/** What lies behind the channels on a phone; a press on it closes them, and so does Escape. */
function MenuShade({ onClose }: { readonly onClose: () => void }) {
  useEffect(() => {
    const closeByEscape = ({ key }: KeyboardEvent) => key === 'Escape' && onClose();
    addEventListener('keydown', closeByEscape);
    return () => removeEventListener('keydown', closeByEscape);
  }, [onClose]);
  return <Button aria-label="Close channels" className="menu-shade" onPress={onClose} />;
}

/** The channel that is asked for, else the app's own place, else the first: a person of another company has only shared ones. */
const channelToShow = ({ channels }: SlackState, wanted: string): Channel | undefined =>
  channels.find(({ id }) => id === wanted) ?? channels.find(({ kind }) => kind === 'app') ?? channels[0];

function headOf(channel: Channel | undefined): string {
  if (channel === undefined) return 'Nothing to show';
  return channel.kind === 'app' ? channel.name : `# ${channel.name}`;
}

/** The whole page: a Slack on the left, what happens behind it on the right. */
export function App() {
  const [route, go] = useRoute();
  const { theme, dark, setTheme } = useTheme();
  const slack = useSlack(route.as, route.channel);
  const wallaroo = useWallaroo();
  const traffic = useTraffic();
  const clock = useSandboxClock();
  const [behind, setBehind] = useState(innerWidth > 1100);
  const [menu, setMenu] = useState(false);
  useKeptFocus(typeof slack === 'object' && slack.state.modal !== undefined);
  if (slack === 'nobody')
    return (
      <p className="nothing-yet">
        Nobody here is {route.as}.{' '}
        <Button className="button" onPress={() => go({ as: firstPerson })}>
          Start again
        </Button>
      </p>
    );
  if (slack === undefined) return <p className="nothing-yet">Connecting…</p>;
  const { state } = slack;
  const channel = channelToShow(state, route.channel);
  const directory = { names: state.names, users: state.people, dark };
  const pickTab = (tab: Route['tab']) => go({ channel: channel?.id ?? route.channel, tab });
  const show = (shown: Channel) => {
    setMenu(false);
    if (shown.kind !== 'app') return go({ channel: shown.id, thread: undefined });
    // Unread messages come first; otherwise the app greets with its Home, as in Slack.
    go({ channel: shown.id, thread: undefined, tab: shown.unread > 0 ? 'messages' : 'home' });
  };
  const showBehind = () => {
    // On a phone the channels would lie over it.
    setMenu(false);
    setBehind(!behind);
  };
  const openThread = (ts: string) => go({ channel: channel?.id ?? route.channel, thread: ts });
  return (
    <ClockContext value={clock}>
      <DirectoryContext value={directory}>
        <ConfirmProvider>
          <div className="page" data-menu={menu}>
            <Sidebar
              onPerson={(as) => go({ as, thread: undefined })}
              onShow={show}
              shown={channel?.id}
              slack={state}
            />
            {menu && <MenuShade onClose={() => setMenu(false)} />}
            <main className="main">
              <header className="main-head">
                <Button
                  aria-expanded={menu}
                  aria-label="Channels"
                  className="icon-button menu-button"
                  onPress={() => setMenu(!menu)}
                >
                  <span aria-hidden>☰</span>
                </Button>
                <h1>{headOf(channel)}</h1>
                <span className="main-tools">
                  <Tool
                    icon={dark ? '☾' : '☀'}
                    name={`Theme: ${theme}`}
                    onPress={() => setTheme(nextTheme[theme])}
                  />
                  <Tool icon="🔍" name="Behind the scenes" on={behind} onPress={showBehind} />
                </span>
              </header>
              {channel === undefined ? (
                <p className="nothing-yet">{state.me.name} is in no channel.</p>
              ) : channel.kind === 'app' ? (
                <AppPane
                  channel={channel}
                  key={state.me.id}
                  onTab={pickTab}
                  onThread={openThread}
                  slack={slack}
                  tab={route.tab}
                />
              ) : (
                <Conversation channel={channel} onThread={openThread} slack={slack} />
              )}
            </main>
            {route.thread !== undefined && channel !== undefined && (
              <Thread
                channel={channel.id}
                onClose={() => go({ thread: undefined })}
                slack={slack}
                ts={route.thread}
              />
            )}
            {behind && (
              <Behind
                onClose={() => setBehind(false)}
                slackIsDown={state.isDown}
                traffic={traffic}
                wallaroo={wallaroo}
              />
            )}
          </div>
          {state.modal !== undefined && <ViewModal slack={slack} view={state.modal} />}
          {slack.notice !== undefined && (
            <div className="notice" role="alert">
              {slack.notice}
              <Button aria-label="Dismiss" className="icon-button" onPress={slack.dismiss}>
                <span aria-hidden>✕</span>
              </Button>
            </div>
          )}
        </ConfirmProvider>
      </DirectoryContext>
    </ClockContext>
  );
}
