import { expect, it } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import { marked } from '../support/harmless.ts';
import { ask, askModal } from './acting.ts';
import { chooseLeaver, openModal, press, request, saying, submit } from './requests.ts';
import { GENERAL, people, startWorld } from './world.ts';

// Each world looks, when it ends, whether marked data has stood outside of a code span anywhere.

const QUARTER = marked('*Q4* :tada:');

it('a failed card names workspaces in code spans, the thread and the trail in plain text', async () => {
  const world = await startWorld();
  const { state } = world.wallaroo;
  const mia = state.setEnabled('mia@ex.co', true).id;
  const steve = state.user('steve').id;
  const card = await request(world, people.mia, '/wallaroo deactivate steve');
  for (const workspace of [state.addWorkspace(QUARTER, steve), ...state.workspaces.values()])
    if (workspace.createdBy === steve) state.setMember(workspace.id, mia, 'OWNER');
  world.wallaroo.faults.set('keycloak.users.put', { status: 503, times: 1 });
  const pressed = await press(world, people.ada, card, 'Approve');
  if (pressed.submit !== undefined) await submit(world, people.ada);
  state.setEnabled('mia@ex.co', false);
  world.advance(60_000);
  const failed = await saying(world, card, 'is by now the last active OWNER of');
  expect(JSON.stringify(failed.blocks)).toContain(`OWNER of \`fraud-models\`, \`${QUARTER}\`. Choose`);
  expect((await readRecords(world.databaseUrl)).audit.at(-1)?.outcome).toContain(`\`${QUARTER}\``);
  await world.bot.settled();
  const trail = await ask(world, people.ada, '/wallaroo audit', GENERAL);
  expect(JSON.stringify(trail.blocks)).toContain(`OWNER of fraud-models, ${QUARTER}. Choose`);
  const inThread = world.slack
    .as(people.ada)
    .messages(card.channel)
    .filter(({ threadTs }) => threadTs === card.ts);
  expect(JSON.stringify(inThread.map(({ blocks }) => blocks))).toContain(
    `OWNER of fraud-models, ${QUARTER}. Choose`,
  );
});

it('who is near to what was typed, and who cannot leave any more, is named in code spans', async () => {
  const world = await startWorld({ settings: { LICENSE_SEATS: '4' } });
  const { state } = world.wallaroo;
  const odd = marked('_team_@ex.co');
  state.updateUser('testuser@wallaroo.ai', { email: odd });
  const near = await openModal(
    world,
    people.ada,
    `/wallaroo activate ${odd.replace('team', 'taem')}, ada@ex.co`,
  );
  expect(JSON.stringify(near.blocks)).toMatch(/The nearest: [^.]*`Ω_team_@ex.coΩ`/);
  const form = await askModal(world, people.ada, '/wallaroo invite newcomer@ex.co');
  expect(form.submit).toBe('Invite');
  await chooseLeaver(world, people.ada, /_?team_?@ex\.co/);
  state.setEnabled('testuser@wallaroo.ai', false);
  const refused = await submit(world, people.ada);
  expect(JSON.stringify(refused.blocks)).toContain(`Nobody was invited. \`${odd}\` is already inactive.`);
});
