import { expect, it, onTestFinished, vi } from 'vitest';
import { placesOf } from '../../../src/changes/announce/card-places.ts';
import { newChange } from '../../../src/changes/ask/ask.ts';
import type { Step } from '../../../src/changes/steps/step.ts';
import { findChange, insertChange } from '../../../src/changes/store/change-store.ts';
import { connect } from '../../../src/db/connect.ts';
import { approve, newCard, press, saying, told } from '../../flows/requests.ts';
import { APPROVALS, LICENSE, people, startWorld, type World } from '../../flows/world.ts';
import { addToWorkspace, members } from './add-to-workspace.ts';

// The line in the list.
vi.mock('../../../src/changes/steps/step-kinds.ts', async (original) => {
  const { STEP_KINDS } = await original<typeof import('../../../src/changes/steps/step-kinds.ts')>();
  const { addToWorkspace: toy } = await import('./add-to-workspace.ts');
  return { STEP_KINDS: [...STEP_KINDS, toy] };
});

const WHO = 'testuser@wallaroo.ai';

/** Mia's request, put into the table as no form of this version could. */
async function request(world: World, userId: string) {
  const db = connect(world.databaseUrl, () => undefined);
  onTestFinished(() => db.destroy());
  const step = { type: 'toy_add', userId, label: WHO, workspace: 'fraud', isMember: true, done: false };
  const ask = {
    id: 'TOY',
    steps: [step as unknown as Step],
    reason: 'joins the team',
    seatsShown: { taken: 4, after: 4, seats: 5 },
    requester: { userId: people.mia, email: 'mia@ex.co', personKeys: [people.mia], administrator: false },
  };
  const change = newChange(ask, world.now(), 3_600_000);
  await insertChange(db, change, { cards: placesOf(change, APPROVALS) });
  return db;
}

it('a kind of step in a file and a line is kept, asked, done, audited, told and undone by what is there', async () => {
  const world = await startWorld();
  const { id: userId } = world.wallaroo.state.user(WHO);
  const db = await request(world, userId);
  const stored = await findChange(db, 'TOY');
  expect(stored).toMatchObject({ kind: 'toy_membership', steps: [{ workspace: 'fraud', isMember: true }] });

  await world.bot.settled();
  const card = await newCard(world);
  expect(card.text).toContain(`@Mia Member asks to add ${WHO} in fraud`);
  const result = await approve(world, people.ada, card);
  expect(result.text).toContain(`${WHO} is a member of fraud.`);
  expect(members).toContain(`fraud/${userId}`);
  const done = await saying(world, card, 'Done, approved by @Ada Admin');
  expect(done.text).toContain(`${WHO} is a member of fraud.`);

  const undone = await press(world, people.ben, done, 'Undo');
  expect(undone.text).toContain(`${WHO} is no member of fraud.`);
  expect(members).not.toContain(`fraud/${userId}`);
  await saying(world, card, 'It has since been undone');

  const ada = world.slack.as(people.ada);
  await ada.type(LICENSE, '/wallaroo audit');
  const trail = await told(world, people.ada, LICENSE, 'Changes, newest first');
  expect(trail.text).toContain('none → COLLABORATOR');
  expect(trail.text).toContain('COLLABORATOR → none');
  await ada.press(trail, 'Export CSV');
  const sent = await world.slack.until(() => ada.dm().find(({ files }) => files.length > 0));
  const rows = sent.files[0]?.content?.split('\r\n') ?? [];
  expect(rows).toContainEqual(
    expect.stringContaining(
      `"applied","${WHO}","Test User","${userId}","none","COLLABORATOR","U0ADA","Ada Admin","U0MIA","Mia Member","joins the team","Membership changed.","TOY"`,
    ),
  );
});

it('a kind that cannot be read back is not stored at all', async () => {
  const world = await startWorld();
  const db = connect(world.databaseUrl, () => undefined);
  onTestFinished(() => db.destroy());
  const step = { type: addToWorkspace.type, userId: 'u', label: WHO, workspace: 'fraud', isMember: 'yes' };
  const ask = {
    id: 'BAD',
    steps: [step as unknown as Step],
    reason: '',
    seatsShown: { taken: 4, after: 4 },
    requester: { userId: people.ada, email: undefined, personKeys: [people.ada], administrator: true },
  };
  const change = newChange(ask, world.now(), undefined);
  await expect(insertChange(db, change, {})).rejects.toThrow('isMember');
  expect(await findChange(db, 'BAD')).toBeUndefined();
});
