import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Faults } from './faults.tsx';
import type { TrafficLine } from './model.ts';
import { TrafficList } from './traffic-list.tsx';
import { Users } from './users.tsx';
import type { Wallaroo } from './wallaroo-source.ts';
import { Workspaces } from './workspaces.tsx';

interface BehindProps {
  readonly slackIsDown: boolean;
  readonly wallaroo: Wallaroo | undefined;
  readonly traffic: readonly TrafficLine[];
  readonly onClose: () => void;
}

/** What one would not see in Slack: the platform's users and seats, what travels, and switches for faults. */
export function Behind({ slackIsDown, wallaroo, traffic, onClose }: BehindProps) {
  return (
    <aside aria-label="Behind the scenes" className="pane behind">
      <div className="pane-head">
        <h2>Behind the scenes</h2>
        <Button aria-label="Close behind the scenes" className="icon-button" onPress={onClose}>
          <span aria-hidden>✕</span>
        </Button>
      </div>
      <Tabs className="behind-tabs">
        <TabList aria-label="Behind the scenes" className="tab-list">
          <Tab className="tab" id="users">
            Wallaroo
          </Tab>
          <Tab className="tab" id="traffic">
            Traffic
          </Tab>
          <Tab className="tab" id="faults">
            Faults
          </Tab>
        </TabList>
        <TabPanel className="pane-scroll" id="users">
          {wallaroo === undefined ? (
            <p className="nothing-yet">Wallaroo does not answer.</p>
          ) : (
            <>
              <Users wallaroo={wallaroo} />
              <Workspaces state={wallaroo.state} />
            </>
          )}
        </TabPanel>
        <TabPanel className="pane-scroll" id="traffic">
          <TrafficList lines={traffic} />
        </TabPanel>
        <TabPanel className="pane-scroll" id="faults">
          <Faults slackIsDown={slackIsDown} wallaroo={wallaroo} />
        </TabPanel>
      </Tabs>
    </aside>
  );
}
