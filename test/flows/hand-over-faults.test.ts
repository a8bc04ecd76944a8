import { expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { activeOwnersOf } from '../support/workspaces.ts';
import {
  chooseLeaver,
  expectNoLiveButtons,
  newCard,
  openModal,
  press,
  request,
  submit,
  untilActive,
} from './requests.ts';
import { FULL, people, startWorld, type World } from './world.ts';

const FRAUD = 'New owner of fraud-models';
const HEIR = 'testuser@wallaroo.ai';

/** Chooses the heir in the form that is open; what follows sends it. */
async function choose(world: World): Promise<void> {
  await world.slack.as(people.ada).fill(FRAUD, HEIR);
}

/** Ways in which Steve leaves, the last active owner of fraud-models, up to the form that Ada sends. */
const WAYS: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  'a deactivation': (world) => openModal(world, people.ada, '/wallaroo deactivate steve@ex.co'),
  'a swap': (world) => openModal(world, people.ada, '/wallaroo swap steve@ex.co nora@ex.co'),
  'an exchange': async (world) => {
    await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    await chooseLeaver(world, people.ada, 'steve@ex.co');
  },
  'an invitation in exchange': async (world) => {
    await openModal(world, people.ada, '/wallaroo invite kim@ex.co');
    await chooseLeaver(world, people.ada, 'steve@ex.co');
  },
  'several at once': (world) => openModal(world, people.ada, '/wallaroo deactivate steve@ex.co mia@ex.co'),
  'an approval': async (world) => {
    const card = await request(world, people.mia, '/wallaroo deactivate steve@ex.co');
    await press(world, people.ada, card, 'Approve');
  },
  'an approval that chooses who leaves': async (world) => {
    await request(world, people.mia, '/wallaroo activate nora@ex.co');
    await press(world, people.ada, await newCard(world), 'Approve');
    await chooseLeaver(world, people.ada, 'steve@ex.co');
  },
};

it.each(Object.entries(WAYS))(
  '%s changes nothing where the hand-over fails, and once it is repeated each write is made once',
  async (_, open) => {
    const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
    const { faults, state } = world.wallaroo;
    const before = JSON.stringify([...state.users.values()].map(({ id, enabled }) => [id, enabled]));
    const writes: string[] = [];
    world.wallaroo.on('request', ({ endpoint, path }) => {
      if (endpoint === 'workspaces.add_user' || endpoint === 'keycloak.users.put') writes.push(path);
    });
    await open(world);
    await choose(world);
    faults.set('workspaces.add_user', { status: 400, times: 1 });
    const failed = await submit(world, people.ada);
    expect(failed.buttons).toContain('Try again');
    expect(JSON.stringify([...state.users.values()].map(({ id, enabled }) => [id, enabled]))).toBe(before);
    expect(activeOwnersOf(state, 'fraud-models')).toEqual(['steve']);
    writes.splice(0);
    // The answer to the hand-over is lost, that to the deactivation comes late.
    faults.set('workspaces.add_user', { cutAfterApply: true, times: 1 });
    faults.set('keycloak.users.put', { delayMs: 300, times: 1 });
    await press(world, people.ada, 'modal', 'Try again');
    await untilActive(world, 'steve', false);
    await world.bot.settled();
    expect(activeOwnersOf(state, 'fraud-models')).toEqual([HEIR]);
    expect([writes[0]?.endsWith('/add_user'), new Set(writes).size]).toEqual([true, writes.length]);
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes.map((change) => change.state)).toEqual(['applied']);
    await expectNoLiveButtons(world);
  },
);
