import { describe, expect, it } from 'vitest';
import {
  again,
  approve,
  chooseLeaver,
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
  threadOf,
  told,
} from './requests.ts';
import { LICENSE, people, startWorld } from './world.ts';

const DAY_MS = 86_400_000;
const ACTIVATE = '/wallaroo activate nora@ex.co';
const DEACTIVATE = '/wallaroo deactivate testuser@wallaroo.ai';

describe('`Approve`', () => {
  it('acts at one press while all that the card shows still holds', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co for 7 days', 'fraud model');
    for (const words of [
      '@Mia Member asks to activate ada@ex.co for 7 days',
      'fraud model',
      'ada@ex.co · inactive · last sign-in',
      'Seats: 4 → 5 of 5, the last one',
    ])
      expect(card.text).toContain(words);
    const pressed = await press(world, people.ben, card, 'Approve');
    expect(pressed.submit).toBeUndefined();
    expect(pressed.text).toContain('ada@ex.co is now active');
    expect(world.isActive('ada@ex.co')).toBe(true);
    await saying(world, card, 'Done, approved by @Ben Boss');
    await expectNoLiveButtons(world);
  });

  it('asks first where the person who leaves owns workspaces, which the card names', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, DEACTIVATE);
    expect(card.text).toMatch(/testuser@wallaroo\.ai · active · last sign-in.* · owns /);
    const modal = await press(world, people.ada, card, 'Approve');
    expect(modal.text).toMatch(/Please look before you approve:\ntestuser@wallaroo\.ai owns /);
    expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
    expect((await submit(world, people.ada)).text).toContain('is now inactive');
  });

  it('takes the default workspace of the person who leaves for no reason to ask', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.addUser({ username: 'zoe@ex.co', email: 'zoe@ex.co', enabled: true });
    world.wallaroo.state.addWorkspace('zoe@ex.co - Default Workspace', id);
    const card = await request(world, people.mia, '/wallaroo deactivate zoe@ex.co');
    expect(card.text).toContain('owns zoe@ex.co - Default Workspace');
    expect(card.text).not.toMatch(/no other (?:active )?OWNER/);
    expect((await press(world, people.ada, card, 'Approve')).text).toContain('zoe@ex.co is now inactive');
  });

  it.each([
    ['seats were taken', 'steve', /Seats: 3 → 4 of 5, 1 left\. The card says 4 → 5 of 5, the last one\./],
    ['the user is active by now', 'nora@ex.co', /is already active/],
  ])('opens the confirmation with what is different: %s', async (_, who, said) => {
    const world = await startWorld();
    const card = await request(world, people.mia, ACTIVATE);
    world.wallaroo.state.setEnabled(who, !world.isActive(who));
    const active = world.isActive('nora@ex.co');
    expect((await press(world, people.ada, card, 'Approve')).text).toMatch(said);
    expect(world.isActive('nora@ex.co')).toBe(active);
    await expectNoLiveButtons(world);
  });

  it('opens it where somebody gave the person who leaves a workspace since', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.addUser({ username: 'zoe@ex.co', email: 'zoe@ex.co', enabled: true });
    const card = await request(world, people.mia, '/wallaroo deactivate zoe@ex.co');
    expect(card.text).toContain('owns no workspace');
    world.wallaroo.state.addWorkspace('fraud', id);
    const modal = await press(world, people.ada, card, 'Approve');
    expect(modal.text).toContain('zoe@ex.co owns fraud (no other OWNER is active): the card says otherwise.');
    expect(world.isActive('zoe@ex.co')).toBe(true);
  });

  it('opens it for a request of which Wallaroo told nothing when it was made', async () => {
    const world = await startWorld();
    await openModal(world, people.mia, ACTIVATE);
    world.wallaroo.faults.set('users.query', { status: 503 });
    await submit(world, people.mia, 'please');
    world.wallaroo.faults.clear();
    const card = await newCard(world);
    const modal = await press(world, people.ada, card, 'Approve');
    expect(modal.text).toContain('Wallaroo did not answer');
    expect((await submit(world, people.ada)).text).toContain('is now active');
  });

  it('acts at one press in the list of requests and in Home, too', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, ACTIVATE);
    const ada = world.slack.as(people.ada);
    await ada.type(LICENSE, '/wallaroo requests');
    const list = await told(world, people.ada, LICENSE, 'Pending requests');
    expect(list.text).toContain('Seats: 4 → 5 of 5, the last one');
    expect((await press(world, people.ada, list, 'Approve')).text).toContain('is now active');
    await saying(world, card, 'Done');
    await ada.close('all');
    const other = await request(world, people.mia, '/wallaroo deactivate steve', 'left');
    await ada.openHome();
    const home = await world.slack.until(() => {
      const shown = ada.home();
      return shown?.buttons.includes('Approve') ? shown : undefined;
    });
    const modal = await press(world, people.ada, home, 'Approve');
    if (modal.submit !== undefined) await submit(world, people.ada);
    await saying(world, other, 'Done');
    await expectNoLiveButtons(world);
  });
});

describe('`Approve with changes…`', () => {
  const choose = (
    world: Awaited<ReturnType<typeof startWorld>>,
    who: string,
    card: Parameters<typeof press>[2],
  ) => press(world, who, card, { near: 'nora@ex.co' }, 'Approve with changes…');

  it('lets an administrator choose another time and an exchange', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, `${ACTIVATE} for 7 days`);
    const modal = await choose(world, people.ada, card);
    expect(modal.inputs).toEqual(['For how long', 'Until', 'Deactivate in exchange']);
    const ada = world.slack.as(people.ada);
    await ada.choose('For how long', '1 day');
    await chooseLeaver(world, people.ada, /testuser/);
    const result = await submit(world, people.ada);
    expect(result.text).toMatch(/testuser@wallaroo\.ai is now inactive[\s\S]*nora@ex\.co is now active/);
    await saying(world, card, 'replace testuser@wallaroo.ai with nora@ex.co');
    world.advance(DAY_MS + 1000);
    await world.bot.settled();
    await world.slack.until(() => (world.isActive('nora@ex.co') ? undefined : true));
    await expectNoLiveButtons(world);
  });

  it('needs another administrator for what was changed with FOUR_EYES', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const card = await request(world, people.mia, `${ACTIVATE} for 7 days`);
    const modal = await choose(world, people.ada, card);
    expect(modal.submit).toBe('Send for approval');
    await world.slack.as(people.ada).choose('For how long', 'No end');
    expect((await submit(world, people.ada)).text).toContain('Sent for approval: activate nora@ex.co.');
    const amended = await saying(world, card, 'changed by @Ada Admin');
    expect(amended.text).toContain('asks to activate nora@ex.co. ');
    await world.slack.as(people.ada).close('all');
    expect((await press(world, people.ada, card, 'Approve')).text).toContain(
      'You changed this request yourself',
    );
    expect(world.isActive('nora@ex.co')).toBe(false);
    expect((await approve(world, people.ben, card)).text).toContain('is now active');
    await expectNoLiveButtons(world);
  });

  it('is for administrators, checked at the press; `View` shows the user to anybody', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, ACTIVATE);
    expect((await choose(world, people.steve, card)).text).toContain('Only administrators');
    await world.slack.as(people.steve).press(card, { near: 'nora@ex.co' }, 'View');
    await told(world, people.steve, card.channel, 'nora@ex.co');
    await expectNoLiveButtons(world);
  });
});

describe('what an administrator does directly', () => {
  it('is one line in the approvals channel with `Undo`, for ten minutes, and no direct message', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, DEACTIVATE);
    await submit(world, people.ada, 'left us');
    const line = await lineSaying(world, 'testuser@wallaroo.ai is now inactive');
    expect(line.text).toMatch(/^@Ada Admin: .* · Why: left us · Seats: 4 → 3 of 5 · can be undone until/);
    expect(line.text).not.toContain('\n');
    expect(line.buttons).toEqual(['Undo']);
    expect(world.slack.as(people.ada).dm()).toEqual([]);
    await expect(world.slack.as(people.ben).press(line, 'Undo')).rejects.toThrow(
      /Undo this change\?.*This will activate testuser@wallaroo\.ai\. Seats: 3 → 4 of 5/s,
    );
    world.advance(10 * 60_000 + 1);
    await world.bot.settled();
    expect(again(world, line).buttons).toEqual([]);
    await expectNoLiveButtons(world);
  });

  it('is undone by another administrator, which is a line of its own', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, DEACTIVATE);
    await submit(world, people.ada);
    const line = await lineSaying(world, 'testuser@wallaroo.ai is now inactive');
    await press(world, people.ben, line, 'Undo');
    await saying(world, line, 'It has since been undone');
    await lineSaying(world, '@Ben Boss pressed Undo: testuser@wallaroo.ai is now active');
    await expectNoLiveButtons(world);
  });

  it('says neither done nor approved of what is put off, and tells the outcome', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, DEACTIVATE);
    world.wallaroo.faults.set('keycloak.users.put', { status: 503, times: 1 });
    expect((await submit(world, people.ada)).text).toContain('Not done yet: deactivate');
    const line = await lineSaying(world, 'Not done yet');
    expect(`${line.text} ${line.fallback}`).not.toMatch(/approved|check_mark/i);
    expect(line.text).toContain('Retrying automatically; nothing for you to do.');
    world.advance(60_000);
    await saying(world, line, 'is now inactive');
    await dmSaying(world, people.ada, /Your change: deactivate testuser@wallaroo\.ai[\s\S]*Done/);
    await expectNoLiveButtons(world);
  });
});

it('what is put off says in the thread that the bot tries again, and asks nobody to', async () => {
  const world = await startWorld();
  const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
  world.wallaroo.faults.set('keycloak.users.put', { status: 503 });
  await approve(world, people.ben, card);
  const told = await world.slack.until(() =>
    threadOf(world, card).find((text) => text.includes('Not done yet.')),
  );
  expect(told).toMatch(/^Not done yet\. .*\. Retrying automatically\.$/);
  expect(told).not.toMatch(/try (?:it )?again/);
});
