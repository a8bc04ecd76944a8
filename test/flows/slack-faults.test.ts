import { expect, test } from 'vitest';
import type { MethodFault } from '../../sandbox/slack/faults.ts';
import { ask, askModal, messageNow, newMessage, pass, submit } from './acting.ts';
import { APPROVALS, filledModal, GENERAL, LICENSE, people, startWorld, type World } from './world.ts';

const passing: readonly MethodFault[] = [
  { retryAfterSeconds: 1 },
  { status: 500 },
  { cut: 'before' },
  { cut: 'after' },
  { error: 'internal_error' },
  { error: 'team_added_to_org' },
  { status: 200, page: '<html><body>Sign in to the network</body></html>' },
];

/** What Slack says of a trouble of its own, and what proxies say in its place. */
const troubles: readonly MethodFault[] = [
  { error: 'fatal_error' },
  { error: 'service_unavailable' },
  { error: 'ratelimited' },
  { error: 'rate_limited' },
  { error: 'message_limit_exceeded' },
  { retryAfterSeconds: 1 },
  { status: 429 },
  { status: 502, page: '<html><body>Bad Gateway</body></html>' },
  { status: 200, page: '<html><body>Sign in to the network</body></html>' },
  { status: 200, page: '{"message":"no Route matched with those values"}' },
];

/** Nothing of it has brought the bot down: the next command is answered. */
async function expectAlive(world: World): Promise<void> {
  expect((await ask(world, people.ben, '/wallaroo license')).text).toContain('Community license');
  const crashes = world.logs.filter(({ level }) => Number(level) >= 60);
  expect(crashes).toEqual([]);
}

test('a modal is filled although one of the calls that it takes is refused or lost once', async () => {
  const methods = ['views.open', 'views.update', 'users.info', 'usergroups.users.list'];
  await Promise.all(
    methods.map(async (method) => {
      const world = await startWorld();
      for (const fault of passing) {
        world.slack.faults.plan(method, fault);
        const modal = await askModal(world, people.ada, '/wallaroo deactivate testuser');
        expect(modal.text, `${method} ${JSON.stringify(fault)}`).toContain('Deactivate testuser@wallaroo.ai');
        expect(modal.submit).toBe('Deactivate');
        // What is known of people is kept for a minute at most.
        world.advance(61_000);
      }
      await expectAlive(world);
    }),
  );
});

test('a modal that Slack lets nobody open in time is answered in the channel', async () => {
  const world = await startWorld();
  for (const fault of [
    { retryAfterSeconds: 30 },
    { status: 503 },
    { status: 200 },
    { status: 200, page: '<html><body>Sign in to the network</body></html>' },
    { error: 'expired_trigger_id' },
  ] as const) {
    world.slack.faults.plan('views.open', fault, 'status' in fault ? 3 : 1);
    const told = await ask(world, people.ada, '/wallaroo deactivate testuser');
    expect(told.text).toMatch(/Slack/);
    expect(told.text).not.toContain('Something went wrong');
    expect(world.slack.as(people.ada).modal()).toBeUndefined();
  }
  await expectAlive(world);
});

test('a rate limit of one call keeps nobody else waiting', async () => {
  const world = await startWorld();
  const { slack } = world;
  slack.faults.plan('views.update', { retryAfterSeconds: 3 });
  const ada = slack.as(people.ada);
  await ada.type(LICENSE, '/wallaroo deactivate testuser');
  await slack.until(() => slack.traffic.calls('views.update').some(({ status }) => status === 429));
  const ben = await askModal(world, people.ben, '/wallaroo activate nora');
  expect(ben.text).toContain('Activate nora@ex.co');
  expect(slack.textOf(ada.modal() ?? ben)).toContain('Loading…');
  expect((await filledModal(world, people.ada)).text).toContain('Deactivate testuser@wallaroo.ai');
});

test('what came of a form is told by other ways when its window cannot be filled', async () => {
  const world = await startWorld();
  const { slack } = world;
  await askModal(world, people.ada, '/wallaroo deactivate testuser gone');
  slack.faults.plan('views.update', { retryAfterSeconds: 600 });
  const told = await newMessage(world, people.ada, LICENSE, () => slack.as(people.ada).submit());
  expect(told.text).toContain('Slack did not let me show the outcome here');
  await world.bot.settled();
  const line = slack.as(people.ada).messages(APPROVALS).at(-1);
  expect(line?.text).toMatch(/deactivated testuser@wallaroo\.ai|testuser@wallaroo\.ai is now inactive/);
  await expectAlive(world);
});

test('what was done is not said to have gone wrong where Slack refuses to show it', async () => {
  const world = await startWorld();
  await askModal(world, people.ada, '/wallaroo deactivate testuser gone');
  world.slack.faults.plan('views.update', { error: 'hash_conflict' });
  const told = await submit(world, people.ada);
  expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
  expect(told.text).toContain('Slack did not let me show the outcome here');
  expect(told.text).toContain('Before you send it again, look in the approvals channel');
});

test('whatever troubles Slack, a card is posted once, kept true, and nothing of it is lost', async () => {
  const world = await startWorld();
  const { slack } = world;
  const posts = () =>
    slack
      .as(people.ada)
      .messages(APPROVALS)
      .filter(({ isEphemeral }) => !isEphemeral);
  const cards = () => posts().filter(({ threadTs }) => threadTs === undefined);
  const untilCard = async (isSo: () => boolean | undefined): Promise<void> => {
    for (let tries = 0; tries <= 3 * troubles.length && isSo() !== true; tries += 1)
      await pass(world, 20_000);
  };
  for (const method of ['chat.postMessage', 'chat.update'])
    for (const fault of troubles) slack.faults.plan(method, fault);
  await askModal(world, people.mia, '/wallaroo activate nora back');
  await slack.as(people.mia).submit();
  await untilCard(() => cards()[0]?.buttons.includes('Approve'));
  const [card, ...more] = cards();
  expect([card?.text.includes('nora@ex.co'), more]).toEqual([true, []]);
  if (card === undefined) throw new Error('no card');
  for (const fault of troubles) slack.faults.plan('chat.update', fault);
  await slack.as(people.ada).press(card, 'Approve');
  await slack.until(() => world.isActive('nora@ex.co') || undefined);
  const isTrue = () => messageNow(world, people.ada, card).text.includes('is now active');
  await untilCard(isTrue);
  expect([isTrue(), cards().length]).toEqual([true, 1]);
  expect(JSON.stringify(world.logs)).not.toMatch(/<body>|no Route/);
});

test('what came of a form stands in its window although Slack has trouble', async () => {
  const world = await startWorld();
  for (const [index, fault] of troubles.entries()) {
    const verb = index % 2 === 0 ? 'deactivate' : 'activate';
    await askModal(world, people.ada, `/wallaroo ${verb} testuser gone`);
    world.slack.faults.plan('views.update', fault);
    const told = await submit(world, people.ada);
    expect(told.text, JSON.stringify(fault)).toContain(
      `is now ${verb === 'activate' ? 'active' : 'inactive'}`,
    );
  }
  await expectAlive(world);
});

test('an answer whose response_url is used up, old or cut comes as an ephemeral post, else as a direct message', async () => {
  const world = await startWorld();
  const { slack } = world;
  const ada = slack.as(people.ada);
  slack.faults.plan('response_url', { status: 500 });
  const posted = await ask(world, people.ada, '/wallaroo license');
  expect([posted.isEphemeral, posted.text.includes('Community license')]).toEqual([true, true]);
  slack.faults.plan('response_url', { status: 200, page: '<html><body>Sign in</body></html>' });
  expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
  // The bot is not in this channel: only a direct message reaches the person.
  slack.faults.plan('response_url', { cut: 'before' });
  const dm = await newMessage(world, people.ada, 'dm', () => ada.type(GENERAL, '/wallaroo license'));
  expect(dm.text).toContain('Community license');
  const list = await ask(world, people.ada, '/wallaroo users');
  world.advance(31 * 60_000);
  const page = await newMessage(world, people.ada, LICENSE, async () => {
    slack.faults.plan('response_url', { error: 'expired_url' });
    await ada.press(list, 'Next');
  });
  expect(page.text).toContain('page 2 of 2');
  await expectAlive(world);
});

test('a list may be turned more often than one response_url takes answers', async () => {
  const world = await startWorld();
  const { slack } = world;
  const list = await ask(world, people.ada, '/wallaroo users');
  for (let turn = 0; turn < 7; turn += 1) {
    const [label, page] = turn % 2 === 0 ? ['Next', 2] : ['Previous', 1];
    await slack.as(people.ada).press(messageNow(world, people.ada, list), String(label));
    await slack.until(() => messageNow(world, people.ada, list).text.includes(`page ${page} of 2`));
  }
});

test('when Slack takes no answer at all, the bot lives on and answers the next', async () => {
  const world = await startWorld();
  const { slack } = world;
  for (const method of ['response_url', 'chat.postEphemeral', 'chat.postMessage'])
    slack.faults.plan(method, { status: 500 }, method === 'response_url' ? 2 : 6);
  await slack.as(people.ada).type(LICENSE, '/wallaroo license');
  await world.bot.settled();
  expect(slack.as(people.ada).messages(LICENSE)).toEqual([]);
  await expectAlive(world);
});

test('who somebody is cannot be asked: nothing is done, and said so; once Slack is back it is', async () => {
  const world = await startWorld();
  const { slack } = world;
  slack.faults.plan('users.info', { status: 500 }, 3);
  const modal = await askModal(world, people.ada, '/wallaroo deactivate testuser');
  expect(modal.text).toContain('could not find out who you are');
  expect(modal.submit).toBeUndefined();
  expect((await askModal(world, people.ada, '/wallaroo deactivate testuser')).submit).toBe('Deactivate');
});

test('a user group that cannot be read makes nobody an administrator', async () => {
  const world = await startWorld({ settings: { MEMBERS: 'U0ADA,U0MIA' } });
  world.slack.faults.plan('usergroups.users.list', { error: 'plan_upgrade_required' }, 100);
  const help = await ask(world, people.ada, '/wallaroo');
  expect(help.text).toContain('You are a member');
  const modal = await askModal(world, people.ada, '/wallaroo deactivate testuser');
  expect(modal.text).toContain('Nobody could decide this request');
});

test("a modal closed before it was filled is nobody's trouble", async () => {
  const world = await startWorld();
  const { slack, wallaroo } = world;
  wallaroo.faults.set('users.query', { delayMs: 100 });
  const ada = slack.as(people.ada);
  await ada.type(LICENSE, '/wallaroo activate nora');
  await slack.until(() => ada.modal());
  await ada.close();
  await world.bot.settled();
  expect(ada.messages(LICENSE)).toEqual([]);
  expect(world.logs.filter(({ level }) => Number(level) >= 40)).toEqual([]);
});

test('a form sent after its window was opened by somebody else, or altered, is refused', async () => {
  const world = await startWorld();
  const { slack } = world;
  await askModal(world, people.mia, '/wallaroo activate nora please');
  await slack.as(people.mia).submit();
  const sent = slack.traffic.of('envelope').find(({ payload }) => payload.type === 'view_submission');
  await filledModal(world, people.mia);
  const forged = JSON.parse(JSON.stringify(sent?.payload));
  forged.user = { ...forged.user, id: people.ada };
  const { payload } = await slack.deliver(forged);
  expect(JSON.stringify(payload)).toContain('no longer valid');
  const altered = JSON.parse(JSON.stringify(sent?.payload));
  altered.view.private_metadata = altered.view.private_metadata.replace(
    '"needsReason":true',
    '"needsReason":false',
  );
  expect(JSON.stringify((await slack.deliver(altered)).payload)).toContain('no longer valid');
  expect(world.isActive('nora@ex.co')).toBe(false);
});

test('submit works after the bot was restarted in between', async () => {
  const world = await startWorld();
  await askModal(world, people.ada, '/wallaroo deactivate testuser');
  await world.bot.stop();
  await world.startAnother();
  expect((await submit(world, people.ada)).text).toContain('is now inactive');
});
