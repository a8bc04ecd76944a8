import { expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { ask, messageNow, newMessage } from './acting.ts';
import { approve, newCard, openModal, saying, submit } from './requests.ts';
import { LICENSE, people, startWorld, type World } from './world.ts';

const MANY = 24;
const guests = Array.from({ length: MANY }, (_, n) => `g${n + 1}@ex.co`);

/** Guests with names beside the users of the seed, and seats enough. */
async function crowd(): Promise<World> {
  const world = await startWorld({
    settings: { LICENSE_SEATS: '60' },
    wallaroo: { seed: communitySeed({ seats: 60 }) },
  });
  for (const [n, email] of guests.entries())
    world.wallaroo.state.addUser({
      username: email,
      email,
      firstName: `Guest${n + 1}`,
      lastName: 'Of*Honour',
      enabled: true,
      createdTimestamp: world.now().getTime(),
      lastLogin: null,
    });
  return world;
}

/** Who is named, in order, in rows like "*Name* email · active → inactive · 7 of 24". */
const rowsIn = (text: string): readonly string[] =>
  [...text.matchAll(/Guest(\d+) Of\*Honour (g\1@ex\.co) · active → inactive · (\d+) of 24/g)].map(
    ([, , email = '', nth = '']) => `${nth} ${email}`,
  );

it('tells a change of many, and a swap, in a row for each user: audit, history, CSV, Home and digest', async () => {
  const world = await crowd();
  const { slack } = world;
  const ada = slack.as(people.ada);
  await openModal(world, people.ada, '/wallaroo activate nora@ex.co for 3 days');
  await submit(world, people.ada, 'comes first');
  await openModal(world, people.mia, `/wallaroo deactivate ${guests.join('\n')}`);
  await submit(world, people.mia, 'the fair is over');
  const card = await newCard(world);
  await approve(world, people.ben, card);
  await saying(world, card, 'Done, approved by @Ben Boss');

  // The list: all rows of one change, page by page, and behind them the change before.
  const list = await ask(world, people.ada, '/wallaroo audit');
  expect(list.text).toMatch(/Applied[^\n]*@Ben Boss · asked by @Mia[^\n]*Guest1 Of\*Honour g1@ex\.co/);
  expect(list.text).toMatch(/Deactivated\.[^\n]* Reason: the fair is over/);
  const pages = [list.text];
  const turn = async (label: string) => {
    const before = messageNow(world, people.ada, list).text;
    await ada.press(messageNow(world, people.ada, list), label);
    return slack.until(() => {
      const { text } = messageNow(world, people.ada, list);
      return text !== before && text;
    });
  };
  pages.push(await turn('Older'), await turn('Older'));
  expect(pages.flatMap(rowsIn)).toEqual(guests.map((email, n) => `${n + 1} ${email}`));
  expect(pages.map((text) => rowsIn(text).length)).toEqual([10, 10, 4]);
  expect(pages[2]).toMatch(
    /nora@ex\.co · inactive → active :white_check_mark:\nActivated\. Active until \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Reason: comes first/,
  );
  expect(messageNow(world, people.ada, list).buttons).toEqual(['Newest', 'Export CSV']);
  expect(await turn('Newest')).toBe(list.text);

  // Of one who is sought only what became of that one.
  const sought = await ask(world, people.ada, '/wallaroo audit G7@EX.CO');
  expect(rowsIn(sought.text)).toEqual(['7 g7@ex.co']);
  const user = await ask(world, people.ada, '/wallaroo user g8@ex.co');
  const history = await newMessage(world, people.ada, LICENSE, () => ada.press(user, 'History'));
  expect(rowsIn(history.text)).toEqual(['8 g8@ex.co']);
  const byMia = await ask(world, people.ada, '/wallaroo audit <@U0MIA>');
  expect(rowsIn(byMia.text)).toHaveLength(10);

  await openModal(world, people.ada, '/wallaroo swap testuser@wallaroo.ai g1@ex.co for 2 days');
  await submit(world, people.ada, 'for the *launch*');
  const swap = await ask(world, people.ada, '/wallaroo audit testuser@wallaroo.ai');
  // An end is told of the one who came alone.
  expect(swap.text).toMatch(
    /testuser@wallaroo\.ai · active → inactive · 1 of 2 :white_check_mark:\nExchanged\.(?! Active until).*Reason: for/,
  );
  expect(swap.text).toMatch(
    /Guest1 Of\*Honour g1@ex\.co · inactive → active · 2 of 2 :white_check_mark:\nExchanged\. Active until .* UTC\. Reason: for/,
  );

  await ada.press(messageNow(world, people.ada, list), 'Export CSV');
  const sent = await slack.until(() => ada.dm().find(({ files }) => files.length > 0));
  const csv = sent.files[0]?.content ?? '';
  expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + 2 + MANY + 1);
  expect(csv).toMatch(
    /"g24@ex\.co","Guest24 Of\*Honour","[^"]+","active","inactive","U0BEN","Ben Boss","U0MIA","Mia[^"]*","the fair is over","Deactivated\."/,
  );

  await ask(world, people.ada, '/wallaroo digest');
  const digest = await slack.until(() =>
    ada.messages(LICENSE).find(({ text }) => text.includes('What changed')),
  );
  expect(digest.text).toMatch(
    /Guest1 Of\*Honour g1@ex\.co inactive → active by @Ada Admin · Why: for the launch/,
  );
  expect(digest.text).toMatch(
    /Guest3 Of\*Honour g3@ex\.co active → inactive by @Ben Boss · asked by @Mia[^·]* · Why: the fair is over/,
  );

  await ada.openHome();
  const home = await slack.until(() => ada.home());
  expect(home.text).toMatch(/@Ada Admin · Guest1 Of\*Honour g1@ex\.co · inactive → active · 2 of 2/);
  expect(rowsIn(home.text)).toEqual(guests.slice(0, 4).map((email, n) => `${n + 1} ${email}`));
}, 60_000);
