import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { defaultSlackSeed } from '../../sandbox/slack/seed.ts';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { rolesIn, workspaceNamed } from '../support/workspaces.ts';
import { ask as askIn, messageNow, newMessage } from './acting.ts';
import {
  cardsIn,
  deny,
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  press,
  request,
  saying,
  submit,
} from './requests.ts';
import { APPROVALS, GENERAL, LICENSE, people, startWorld, type World, type WorldOptions } from './world.ts';

/** Steve and testuser@wallaroo.ai own `pricing`, in which Mia, inactive, collaborates; of the owners Slack knows Steve alone. */
const start = (options: WorldOptions = {}): Promise<World> =>
  startWorld({ ...options, wallaroo: { seed: communitySeed({ workspaces: 'many' }) } });

/** A Slack in which Steve's profile has this email. */
const slackWithSteve = (email: string, isEmailConfirmed = true) => ({
  seed: {
    ...defaultSlackSeed,
    people: defaultSlackSeed.people.map((person) =>
      person.id === people.steve ? { ...person, email, isEmailConfirmed } : person,
    ),
  },
});

/** Types a command where no license warning comes in between. */
const ask = (world: World, userId: string, command: string): Promise<SeenMessage> =>
  askIn(world, userId, command, GENERAL);

/** What everybody is in the workspace, by username. */
const members = ({ wallaroo: { state } }: World, name: string) => rolesIn(state, workspaceNamed(state, name));

const cardOf = (world: World, userId: string, name: string): Promise<SeenMessage> =>
  ask(world, userId, `/wallaroo workspace ${name}`);

/** Chooses from a member's menu on the card. */
const choose = (world: World, userId: string, card: SeenMessage, near: string, option: string) =>
  press(world, userId, card, { near }, { option });

const close = (world: World, userId: string): Promise<void> => world.slack.as(userId).close('all');

/** Mia asks to add Ada, inactive, to `pricing`. */
async function miaAsks(world: World, reason = 'she joins'): Promise<void> {
  const card = await cardOf(world, people.mia, 'pricing');
  const form = await press(world, people.mia, card, 'Add people…');
  expect(form.submit).toBe('Send request');
  await world.slack.as(people.mia).choose('People', ['ada@ex.co']);
  const sent = await submit(world, people.mia, reason);
  expect(sent.text).toContain('Request sent: add ada@ex.co as a collaborator to pricing');
  await close(world, people.mia);
}

it('lists workspaces: all to administrators, to members their own, with what is wrong', async () => {
  const world = await start();
  const all = await ask(world, people.ada, '/wallaroo workspaces');
  expect(all.text).toContain('fraud-models · owner steve@ex.co · 2 members');
  expect(all.text).toMatch(/churn-forecast · owner olga@ex\.co \(inactive\) · 3 members · no active owner/);
  expect(all.text).toMatch(/left-behind · owner 0f0f0f0f\S+ \(deleted\).*no active owner/);
  expect(all.text).toMatch(/page 1 of 3 · 3 without an active owner/);
  await world.slack.as(people.ada).press(all, 'Next');
  await world.slack.until(() => messageNow(world, people.ada, all).text.includes('page 2 of 3') || undefined);
  await world.slack.as(people.ada).press(messageNow(world, people.ada, all), /^Without an active owner/);
  await world.slack.until(() => messageNow(world, people.ada, all).text.includes('page 1 of 1') || undefined);
  expect(messageNow(world, people.ada, all).text).not.toContain('fraud-models');
  const found = await ask(world, people.ada, '/wallaroo ws PRICING');
  expect(found.text).toMatch(
    /1 workspace matching pricing[\s\S]*pricing · owners steve@ex\.co, testuser@wallaroo\.ai/,
  );

  const own = await ask(world, people.mia, '/wallaroo workspaces');
  expect(own.text).toMatch(/Your workspaces[\s\S]*churn-forecast[\s\S]*pricing/);
  expect(own.text).not.toContain('fraud-models');
  const others = await cardOf(world, people.mia, 'fraud-models');
  expect(others.text).toContain('No workspace of yours matches fraud-models');

  // Of one name: the owner and the id tell them apart.
  const two = await cardOf(world, people.ada, 'demand');
  const { id } = workspaceNamed(world.wallaroo.state, 'demand');
  expect(two.buttons).toEqual([`steve@ex.co (id ${id})`, `testuser@wallaroo.ai (id ${id + 1})`]);
  const second = await newMessage(world, people.ada, GENERAL, () =>
    world.slack.as(people.ada).press(two, /^testuser@wallaroo\.ai/),
  );
  expect(second.text).toMatch(/demand[\s\S]*testuser@wallaroo\.ai · OWNER[\s\S]*steve@ex\.co · COLLABORATOR/);
  expect((await cardOf(world, people.ada, `#${id}`)).text).toContain(`id ${id}`);
  expect((await cardOf(world, people.ada, 'pricng')).buttons).toContain(
    `steve@ex.co (id ${workspaceNamed(world.wallaroo.state, 'pricing').id})`,
  );
  for (const name of ['steve@ex.co - Default Workspace', 'old-experiments']) {
    const card = await cardOf(world, people.ada, name);
    expect(card.buttons).toEqual(['Workspaces']);
    expect(card.text).toContain('its members are left as they are');
  }
});

it('lets an administrator add, promote, demote, remove and undo, and keeps the last active owner', async () => {
  const world = await start();
  const { ada } = people;
  const before = members(world, 'pricing');

  // Promoted: somebody inactive, with a word.
  const form = await choose(world, ada, await cardOf(world, ada, 'pricing'), 'mia@ex.co', 'Make owner');
  expect(form.text).toMatch(
    /Make mia@ex\.co an owner of pricing[\s\S]*takes no seat[\s\S]*inactive: cannot sign in/,
  );
  expect(form.submit).toBe('Make owner');
  const made = await submit(world, ada, 'they lead it');
  expect(made.text).toMatch(
    /mia@ex\.co is now an owner of pricing\. The account is inactive[\s\S]*takes no seat/,
  );
  expect(members(world, 'pricing')).toEqual({ ...before, 'mia@ex.co': 'OWNER' });
  const line = await lineSaying(world, 'mia@ex.co is now an owner of pricing');
  expect(line.text).not.toContain('Seats');
  await press(world, ada, made, 'Undo');
  expect(members(world, 'pricing')).toEqual(before);
  await close(world, ada);

  // Demoted, removed, added.
  await choose(world, ada, await cardOf(world, ada, 'pricing'), 'testuser@wallaroo.ai', 'Make collaborator');
  // Already while it is read, and where that fails.
  const opened = JSON.stringify(world.slack.traffic.calls('views.open').at(-1)?.args);
  expect(opened).toContain('Make collaborator');
  expect((await submit(world, ada)).text).toContain('testuser@wallaroo.ai is now a collaborator of pricing');
  await close(world, ada);
  await choose(world, ada, await cardOf(world, ada, 'pricing'), 'testuser@wallaroo.ai', 'Remove…');
  expect((await submit(world, ada)).text).toContain('testuser@wallaroo.ai is no member of pricing any more');
  await close(world, ada);
  expect(members(world, 'pricing')).toEqual({ steve: 'OWNER', 'mia@ex.co': 'COLLABORATOR' });
  const people2 = await press(world, ada, await cardOf(world, ada, 'pricing'), 'Add people…');
  expect(people2.text).toContain('takes no seat');
  await world.slack.as(ada).choose('People', ['ada@ex.co', 'testuser@wallaroo.ai']);
  await world.slack.as(ada).choose('Role', 'Owner');
  const added = await submit(world, ada);
  expect(added.text).toMatch(/ada@ex\.co is now an owner[\s\S]*testuser@wallaroo\.ai is now an owner/);
  expect(members(world, 'pricing')).toMatchObject({ 'ada@ex.co': 'OWNER', 'testuser@wallaroo.ai': 'OWNER' });
  await close(world, ada);

  // The last active owner stays, and why is said before anything is tried.
  const fraud = await cardOf(world, ada, 'fraud-models');
  for (const option of ['Make collaborator', 'Remove…']) {
    const refused = await choose(world, ada, fraud, 'steve@ex.co', option);
    expect(refused.text).toContain('the last active OWNER of the workspace');
    expect(refused.submit).toBeUndefined();
    await close(world, ada);
  }

  // From a user's card: only workspaces in which they are not.
  const user = await ask(world, ada, '/wallaroo user mia@ex.co');
  await press(world, ada, user, 'Add to workspace…');
  expect(world.slack.as(ada).modal()?.text).not.toContain('last sign-in not known');
  await world.slack.as(ada).choose('Workspace', 'fraud-models');
  expect((await submit(world, ada)).text).toContain('mia@ex.co is now a collaborator of fraud-models');
  await close(world, ada);

  const trail = await ask(world, ada, '/wallaroo audit');
  expect(trail.text).toMatch(/mia@ex\.co · no member of fraud-models → COLLABORATOR of fraud-models/);
  await world.slack.as(ada).press(trail, 'Export CSV');
  const sent = await world.slack.until(() =>
    world.slack
      .as(ada)
      .dm()
      .find(({ files }) => files.length > 0),
  );
  expect(sent.files[0]?.content).toContain('"COLLABORATOR of pricing","OWNER of pricing"');
  await expectNoLiveButtons(world);
});

it('lets an owner decide about their workspace and about nothing else', async () => {
  const world = await start();
  const { steve, mia, ben } = people;

  // Directly, as an administrator would, and back.
  const own = await choose(world, steve, await cardOf(world, steve, 'pricing'), 'mia@ex.co', 'Remove…');
  expect(own.submit).toBe('Remove');
  const removed = await submit(world, steve);
  expect(removed.text).toContain('mia@ex.co is no member of pricing any more');
  await lineSaying(world, /@Steve: mia@ex\.co is no member of pricing/);
  await press(world, steve, removed, 'Undo');
  expect(members(world, 'pricing')['mia@ex.co']).toBe('COLLABORATOR');
  await close(world, steve);

  // What others ask for comes to them, and to nobody else.
  await miaAsks(world);
  const asked = await dmSaying(world, steve, 'Pending');
  expect(asked.text).toMatch(
    /pricing · active owners steve@ex\.co, testuser@wallaroo\.ai · a membership takes no seat/,
  );
  expect(cardsIn(world, APPROVALS).filter(({ buttons }) => buttons.includes('Approve'))).toEqual([]);
  const list = await ask(world, steve, '/wallaroo requests');
  expect(list.buttons).toEqual(['Approve', 'Deny']);
  const done = await press(world, steve, asked, 'Approve');
  expect(done.text).toContain('ada@ex.co is now a collaborator of pricing');
  await saying(world, asked, 'Done, approved by @Steve', steve);
  await dmSaying(world, mia, 'Done, approved by @Steve');
  await close(world, steve);

  // Where they are no owner they ask; whose active owner nobody reaches is decided in the approvals channel.
  const other = await choose(
    world,
    steve,
    await cardOf(world, steve, 'churn-forecast'),
    'mia@ex.co',
    'Remove…',
  );
  expect(other.submit).toBe('Send request');
  expect((await submit(world, steve, 'left the team')).text).toContain('The administrators decide in');
  await close(world, steve);
  const card = await world.slack.until(() =>
    cardsIn(world, APPROVALS).find(({ text }) => /Pending/.test(text)),
  );
  for (const [who, words] of [
    [steve, 'Only active owners of this workspace'],
    [mia, 'Only active owners of this workspace'],
  ] as const) {
    const refused = await press(world, who, card, 'Approve');
    expect(refused.text).toContain(words);
    await close(world, who);
  }
  await deny(world, ben, card, 'she stays');
  await close(world, ben);

  // A user is none of their business.
  const users = await request(world, mia, '/wallaroo activate ada@ex.co');
  for (const button of ['Approve', 'Deny']) {
    const refused = await press(world, steve, users, button);
    expect(refused.text).toContain('Only administrators of this bot may do that');
    await close(world, steve);
  }
  expect(world.isActive('ada@ex.co')).toBe(false);
  await expectNoLiveButtons(world);
});

it.each([
  ['only contains theirs', slackWithSteve('steve@ex.com'), {}],
  ['is another that contains theirs', slackWithSteve('asteve@ex.co'), {}],
  ['nobody has confirmed', slackWithSteve('steve@ex.co', false), {}],
  [
    'is theirs, where owners do not decide',
    slackWithSteve('steve@ex.co'),
    { WORKSPACE_OWNERS_DECIDE: 'false' },
  ],
])('somebody whose Slack email %s decides nothing', async (_, slack, settings) => {
  const world = await start({ slack, settings });
  await miaAsks(world);
  const card = await newCard(world);
  expect(world.slack.as(people.steve).dm()).toEqual([]);
  const refused = await press(world, people.steve, card, 'Approve');
  expect(refused.text).toContain(
    'Only active owners of this workspace and administrators of this bot decide',
  );
  expect(members(world, 'pricing')['ada@ex.co']).toBeUndefined();
  await expectNoLiveButtons(world);
});

it('keeps an owner from deciding alone with four eyes, and asks administrators where no owner is left to ask', async () => {
  const world = await start({ settings: { FOUR_EYES: 'true' } });
  const { steve, ben } = people;
  const form = await choose(world, steve, await cardOf(world, steve, 'pricing'), 'mia@ex.co', 'Make owner');
  expect(form.submit).toBe('Send request');
  const sent = await submit(world, steve, 'she leads it');
  expect(sent.text).toContain('Request sent');
  await close(world, steve);
  const card = await newCard(world);
  const refused = await press(world, steve, card, 'Approve');
  expect(refused.text).toContain('Nobody decides their own request');
  await close(world, steve);
  expect(members(world, 'pricing')['mia@ex.co']).toBe('COLLABORATOR');
  await press(world, ben, card, 'Approve');
  expect(members(world, 'pricing')['mia@ex.co']).toBe('OWNER');
  await expectNoLiveButtons(world);
});

it('asks in the approvals channel, too, when who was asked owns the workspace no longer', async () => {
  const world = await start();
  const { steve, ben } = people;
  await miaAsks(world);
  const asked = await dmSaying(world, steve, 'Pending');
  const { id } = workspaceNamed(world.wallaroo.state, 'pricing');
  world.wallaroo.state.setMember(id, world.wallaroo.state.user('steve').id, 'COLLABORATOR');
  const refused = await press(world, steve, asked, 'Approve');
  expect(refused.text).toContain('Only active owners of this workspace');
  await close(world, steve);
  const card = await newCard(world);
  const form = await press(world, ben, card, 'Approve');
  expect(form.text).toContain('active owner testuser@wallaroo.ai');
  expect((await submit(world, ben)).text).toContain('ada@ex.co is now a collaborator of pricing');
  await saying(world, asked, 'Done, approved by @Ben Boss', steve);
  await expectNoLiveButtons(world);
});

it('asks in the approvals channel when an owner cannot be written to, and says what has changed since', async () => {
  const world = await start();
  const { steve, ben } = people;
  world.slack.faults.plan('conversations.open', { error: 'user_disabled' }, 20);
  world.slack.faults.plan('chat.postMessage', { error: 'user_disabled' }, 1);
  await miaAsks(world);
  const card = await newCard(world);
  const { id } = workspaceNamed(world.wallaroo.state, 'pricing');
  world.wallaroo.state.setMember(id, world.wallaroo.state.user('ada@ex.co').id, 'OWNER');
  world.wallaroo.state.setEnabled('testuser@wallaroo.ai', false);
  const changed = await press(world, ben, card, 'Approve');
  expect(changed.text).toContain('ada@ex.co is an owner of pricing by now');
  expect(changed.text).toContain('pricing by now: active owner steve@ex.co');
  await close(world, ben);
  // Who is an owner may still do it, from the card in the channel.
  await deny(world, steve, card, 'not needed');
  await saying(world, card, 'Denied by @Steve');
  await close(world, steve);
  // Asked once more: the form as it was.
  world.wallaroo.state.removeMember(id, world.wallaroo.state.user('ada@ex.co').id);
  const denied = await dmSaying(world, people.mia, 'Denied by @Steve');
  const again = await press(world, people.mia, denied, 'Request again');
  expect(again.text).toMatch(/Add ada@ex\.co as a collaborator to pricing[\s\S]*Reason/);
  expect((await submit(world, people.mia)).text).toContain('Request sent');
  await expectNoLiveButtons(world);
});

it('Home and the own user name the workspaces', async () => {
  const world = await start();
  const steve = world.slack.as(people.steve);
  await steve.openHome();
  const home = await world.slack.until(() => {
    const seen = steve.home();
    return seen?.text.includes('Your workspaces') ? seen : undefined;
  });
  expect(home.text).toMatch(/fraud-models OWNER \(the only active owner\)/);
  expect(home.text).not.toContain('Default Workspace');
  const list = await press(world, people.steve, 'home', 'Open workspaces');
  expect(list.text).toMatch(/Your workspaces[\s\S]*fraud-models · owner steve@ex\.co/);
  const me = await ask(world, people.steve, '/wallaroo me');
  expect(me.text).toMatch(/fraud-models OWNER/);
});

it('the digest tells of workspaces without an active owner, and opens them', async () => {
  const world = await start();
  await world.slack.as(people.ada).type(GENERAL, '/wallaroo digest');
  const digest = await world.slack.until(() =>
    world.slack
      .as(people.ada)
      .messages(LICENSE)
      .find(({ text }) => text.includes('without an active owner')),
  );
  expect(digest.text).toContain(
    '3 workspaces without an active owner: churn-forecast, left-behind, without-owners',
  );
  const list = await newMessage(world, people.ada, LICENSE, () =>
    world.slack.as(people.ada).press(digest, 'Open'),
  );
  expect(list.text).toMatch(/3 workspaces · page 1 of 1[\s\S]*left-behind/);
  expect(list.text).not.toContain('fraud-models');
});

it('tells people what others made of them in a workspace', async () => {
  const world = await start();
  const { ada, steve } = people;
  await choose(world, ada, await cardOf(world, ada, 'pricing'), 'steve@ex.co', 'Make collaborator');
  await submit(world, ada);
  await dmSaying(world, steve, '@Ada Admin made you a collaborator of the workspace pricing');
  await close(world, ada);
  await choose(world, ada, await cardOf(world, ada, 'pricing'), 'steve@ex.co', 'Remove…');
  await submit(world, ada);
  await dmSaying(world, steve, '@Ada Admin removed you from the workspace pricing');
  await close(world, ada);
  // What they did themself they know, and whose account is inactive is not told.
  const told = world.slack.as(steve).dm().length;
  await choose(world, steve, await cardOf(world, steve, 'routing'), 'testuser@wallaroo.ai', 'Make owner');
  await submit(world, steve);
  await world.bot.settled();
  expect(world.slack.as(steve).dm()).toHaveLength(told);
  expect(world.slack.as(people.mia).dm()).toEqual([]);
});

it('what an owner has done is told though Wallaroo goes away right after it', async () => {
  const world = await start();
  const { faults } = world.wallaroo;
  const card = await cardOf(world, people.steve, 'routing');
  world.wallaroo.on('request', async () => {
    const { changes } = await readRecords(world.databaseUrl);
    if (changes.at(-1)?.state !== 'applied') return;
    for (const name of ['graphql', 'workspaces.list', 'users.query'] as const)
      faults.set(name, { status: 500 });
  });
  await choose(world, people.steve, card, 'testuser@wallaroo.ai', 'Make owner');
  expect((await submit(world, people.steve)).text).toContain(
    'testuser@wallaroo.ai is now an owner of routing',
  );
  expect(members(world, 'routing')).toMatchObject({ 'testuser@wallaroo.ai': 'OWNER' });
});
