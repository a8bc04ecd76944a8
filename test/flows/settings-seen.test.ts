import { expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { ask, askModal, submit } from './acting.ts';
import { chooseLeaver } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const seeded = (seatsTaken: number) => ({ seed: communitySeed({ seatsTaken }) });

/** The answers to commands, one after the other. */
async function answersTo(world: World, who: string, commands: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const command of commands) texts.push((await ask(world, who, `/wallaroo ${command}`)).text);
  return texts;
}

/** What is read below, at and above the limit, by administrators and by others. */
const levels = [
  { taken: 3, line: 'Seats: 3 of 5', says: undefined, remedy: undefined },
  {
    taken: 4,
    line: 'Seats: 4 of 5, 1 left',
    says: 'License nearly full: 4 of 5 seats are taken, 1 is left.',
    remedy: 'before the last seat goes',
  },
  {
    taken: 5,
    line: 'Seats: 5 of 5, all taken',
    says: 'License full: all 5 seats are taken (5 of 5).',
    remedy: 'exchange the two with',
  },
  {
    taken: 6,
    line: 'Seats: 6 of 5, 1 too many',
    says: 'Over the license limit: 6 active users for 5 seats (1 too many).',
    remedy: 'until the limit holds',
  },
] as const;

test.each(levels)(
  'with $taken of 5 seats taken the report warns in full, and all else in one line; a form to deactivate advises nothing',
  async ({ taken, line, says, remedy }) => {
    const world = await startWorld({ wallaroo: seeded(taken) });
    // Administrators get the remedy, others whom to ask.
    for (const who of [people.ada, people.mia]) {
      const [text = ''] = await answersTo(world, who, ['license']);
      expect(text).toContain(`${taken} of 5 seats`);
      if (says === undefined)
        expect(text).not.toMatch(/License nearly full|License full|Over the license limit/);
      else expect(text).toContain(says);
      if (remedy === undefined) continue;
      if (who === people.ada) expect(text).toContain(remedy);
      else expect(text).toContain('Please ask @wallaroo-admins.');
      if (who === people.mia) expect(text).not.toContain(remedy);
    }
    for (const who of [people.ada, people.mia]) {
      const answers = await answersTo(world, who, ['users', 'user testuser', 'help']);
      for (const text of answers) expect(text).toContain(line);
      const form = (await askModal(world, who, '/wallaroo deactivate testuser')).text;
      // With three seats taken this user is inactive already.
      expect(form).toContain(taken === 3 ? 'Seats: 3 of 5' : `Seats: ${taken} → ${taken - 1} of 5`);
      for (const text of [...answers, form]) {
        if (says !== undefined) expect(text).not.toContain(says);
        expect(text).not.toMatch(/before the last seat goes|exchange the two with|until the limit holds/);
      }
    }
  },
);

test('forms and results warn from the threshold on, in one line', async () => {
  const world = await startWorld({ wallaroo: seeded(3) });
  const modal = await askModal(world, people.ada, '/wallaroo activate nora');
  expect(modal.text).toContain('Seats: 3 → 4 of 5, 1 left');
  expect((await submit(world, people.ada)).text).toContain('Seats: 4 of 5, 1 left');
  expect((await askModal(world, people.ada, '/wallaroo activate ada@ex.co')).text).toContain(
    'Seats: 4 → 5 of 5, the last one',
  );
  expect((await submit(world, people.ada)).text).toContain('Seats: 5 of 5, all taken');
  await askModal(world, people.ada, '/wallaroo deactivate nora');
  expect((await submit(world, people.ada)).text).toContain('Seats: 4 of 5, 1 left');
});

test('LICENSE_SEATS and LICENSE_WARN_AT move limit and threshold', async () => {
  const world = await startWorld({ settings: { LICENSE_SEATS: '8', LICENSE_WARN_AT: '7' } });
  const { text } = await ask(world, people.ada, '/wallaroo license');
  expect(text).toContain('4 of 8 seats taken');
  expect(text).not.toContain('License nearly full');
});

test('SEAT_EXEMPT users take no seat: in the meter, in modals, in the report', async () => {
  const world = await startWorld({ settings: { SEAT_EXEMPT: 'ADMIN, nora@ex.co' } });
  const report = await ask(world, people.ada, '/wallaroo license');
  expect(report.text).toContain('3 of 5 seats taken');
  expect(report.text).toContain('1 more active user without a seat (setting SEAT_EXEMPT)');
  const modal = await askModal(world, people.ada, '/wallaroo activate nora');
  expect(modal.text).toContain('Seats: 3 → 3 of 5');
  expect((await submit(world, people.ada)).text).toContain('Seats: 3 of 5');
});

test('FOUR_EYES makes an administrator ask like anybody else', async () => {
  const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
  expect((await ask(world, people.ada, '/wallaroo')).text).toContain('Another administrator decides');
  const modal = await askModal(world, people.ada, '/wallaroo deactivate testuser left us');
  expect(modal.submit).toBe('Send request');
  expect((await submit(world, people.ada)).text).toContain('Request sent');
  expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
});

test('members send a request, and have to say why', async () => {
  const world = await startWorld();
  const modal = await askModal(world, people.mia, '/wallaroo deactivate testuser');
  expect(modal.submit).toBe('Send request');
  const { errors } = await world.slack.as(people.mia).submit();
  expect(Object.keys(errors)).toEqual(['Reason']);
});

test('a full license offers whom to deactivate in exchange, idle longest first, and exchanges', async () => {
  const world = await startWorld({ wallaroo: seeded(5) });
  const modal = await askModal(world, people.ada, '/wallaroo activate nora new here');
  expect(modal.text).toContain('Every seat is taken. Choose whom to deactivate in exchange');
  expect(world.slack.textOf(modal)).toContain(
    '[Deactivate in exchange: john.hummel+signuptest@wallaroo.ai | testuser@wallaroo.ai | steve@ex.co]',
  );
  const missing = await world.slack.as(people.ada).submit();
  expect(Object.keys(missing.errors)).toEqual(['Deactivate in exchange']);
  await chooseLeaver(world, people.ada, 'testuser@wallaroo.ai');
  const result = await submit(world, people.ada);
  expect(result.text).toMatch(/testuser@wallaroo\.ai is now inactive[\s\S]*nora@ex\.co is now active/);
  expect(world.wallaroo.seats().taken).toBe(5);
});

test('a seat that goes between opening and submission is offered in exchange, nothing is changed', async () => {
  const world = await startWorld();
  await askModal(world, people.ada, '/wallaroo activate nora');
  world.wallaroo.state.setEnabled('olga@ex.co', true);
  const again = await submit(world, people.ada);
  expect(again.text).toContain('the last seat went to somebody else meanwhile. Nothing was changed.');
  expect(again.inputs).toContain('Deactivate in exchange');
  expect(world.isActive('nora@ex.co')).toBe(false);
});

test('Enterprise has no meter and no warnings anywhere', async () => {
  const world = await startWorld({ settings: { WALLAROO_EDITION: 'enterprise' }, wallaroo: seeded(7) });
  const texts = await answersTo(world, people.ada, ['users', 'license', 'user testuser', 'help']);
  const modal = await askModal(world, people.ada, '/wallaroo activate nora');
  const result = await submit(world, people.ada);
  for (const text of [...texts, modal.text, result.text])
    expect(text).not.toMatch(/seat|_square:|nearly full|License full/);
  expect(texts[1]).toContain('Wallaroo Enterprise license');
  expect(result.text).toContain('nora@ex.co is now active.');
});
