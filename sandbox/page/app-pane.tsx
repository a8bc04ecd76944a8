import { useEffect, useEffectEvent } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Block } from './blocks/block.tsx';
import { SurfaceContext } from './blocks/surface.ts';
import { Conversation } from './conversation.tsx';
import type { Channel, ShownView } from './model.ts';
import type { Slack } from './slack-source.ts';
import type { Route } from './use-route.ts';
import { useSurfaceOf } from './use-surface.ts';

function HomeTab({ slack, home }: { readonly slack: Slack; readonly home: ShownView }) {
  const surface = useSurfaceOf(slack, { on: 'view', viewId: home.id }, home);
  return (
    <SurfaceContext value={surface}>
      <div className="home blocks">
        {home.blocks.map((block, index) => (
          <Block block={block} key={block.block_id ?? index} />
        ))}
      </div>
    </SurfaceContext>
  );
}

interface AppPaneProps {
  readonly slack: Slack;
  readonly channel: Channel;
  readonly tab: Route['tab'];
  readonly onTab: (tab: Route['tab']) => void;
  readonly onThread: (ts: string) => void;
}

/** The app's own place for one person: its Home and the direct messages with it. */
export function AppPane({ slack, channel, tab, onTab, onThread }: AppPaneProps) {
  const { home } = slack.state;
  const openHome = useEffectEvent(() => void slack.openHome());
  // Slack tells the app of everybody who comes to its Home, whichever way they come there.
  useEffect(() => {
    if (tab === 'home') openHome();
  }, [tab]);
  return (
    <Tabs
      className="app-tabs"
      onSelectionChange={(key) => onTab(key === 'home' ? 'home' : 'messages')}
      selectedKey={tab}
    >
      <TabList aria-label={channel.name} className="tab-list">
        <Tab className="tab" id="home">
          Home
        </Tab>
        <Tab className="tab" id="messages">
          Messages
        </Tab>
      </TabList>
      <TabPanel className="tab-panel" id="home">
        {home === undefined ? (
          <p className="nothing-yet">The app has shown nothing here yet.</p>
        ) : (
          <HomeTab home={home} key={home.id} slack={slack} />
        )}
      </TabPanel>
      <TabPanel className="tab-panel" id="messages">
        <Conversation channel={channel} onThread={onThread} slack={slack} />
      </TabPanel>
    </Tabs>
  );
}
