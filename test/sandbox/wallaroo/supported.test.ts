import { expect, test } from 'vitest';
import { createApp } from '../../../sandbox/wallaroo/app.ts';
import { Faults } from '../../../sandbox/wallaroo/faults.ts';
import { seededRandom } from '../../../sandbox/wallaroo/random.ts';
import { communitySeed } from '../../../sandbox/wallaroo/seeds/community-seed.ts';
import { WallarooState } from '../../../sandbox/wallaroo/state.ts';
import { supported } from '../../../sandbox/wallaroo/supported.ts';
import { defaultSwitches } from '../../../sandbox/wallaroo/switches.ts';
import { Sessions } from '../../../sandbox/wallaroo/tokens/sessions.ts';
import { Traffic } from '../../../sandbox/wallaroo/traffic.ts';

test('the table of what is supported names exactly the routes', () => {
  const now = () => new Date(0);
  const platform = {
    url: 'http://localhost',
    state: new WallarooState(communitySeed(), now),
    sessions: new Sessions(),
    switches: defaultSwitches(),
    now,
    random: seededRandom(1),
  };
  const { routes } = createApp(platform, new Faults(), new Traffic(now));
  const served = new Set(
    routes.filter(({ method }) => method !== 'ALL').map((it) => `${it.method} ${it.path}`),
  );
  expect([...served].sort()).toEqual(
    Object.values(supported)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  );
});
