import { expect, test } from 'vitest';
import { ask, newMessage } from './acting.ts';
import { LICENSE, people, startWorld, type World } from './world.ts';

/** Presses `Export CSV` on a list and waits for what is answered, and for the file. */
async function exportOf(world: World, userId: string, command: string) {
  const list = await ask(world, userId, command);
  const person = world.slack.as(userId);
  const answer = await newMessage(world, userId, LICENSE, () => person.press(list, 'Export CSV'));
  const file = person.dm().findLast(({ files }) => files.length > 0)?.files[0];
  return {
    answer: answer.text,
    title: file?.title,
    lines: (file?.content ?? '').split('\r\n').filter(Boolean),
  };
}

test('a list is exported as CSV: all of its pages, with its filter and search, into the direct messages', async () => {
  const world = await startWorld({
    settings: { LICENSE_SEATS: '30' },
    startsAt: new Date('2026-11-25T10:00:00Z'),
  });
  for (let n = 1; n <= 12; n++)
    world.wallaroo.state.addUser({ username: `g${n}`, email: `g${n}@ex.co`, enabled: n <= 11 });
  world.wallaroo.state.addUser({
    username: '=cmd',
    email: 'evil@ex.co',
    firstName: '\u200b=1+1',
    lastName: '"x"',
  });

  const found = await exportOf(world, people.mia, '/wallaroo users active g');
  expect(found.answer).toContain('Exported 11 users: the file is in our direct messages');
  expect(found.title).toBe('wallaroo-users-2026-11-25.csv');
  expect(found.lines[0]).toBe(
    '"state","email","username","first name","last name","last sign-in","idle days","active until","never deactivated because","created","roles","id"',
  );
  expect(found.lines).toHaveLength(12);
  expect(found.lines[1]).toMatch(/^"active","g1@ex\.co","g1","","","never",/);

  const evil = await exportOf(world, people.ada, '/wallaroo users evil');
  expect(evil.answer).toContain('Exported 1 user:');
  expect(evil.lines[1]).toMatch(/"evil@ex\.co","'=cmd","'=1\+1","""x"""/);

  const idle = await exportOf(world, people.ada, '/wallaroo idle 10d');
  expect(idle.lines.slice(1).join('\n')).toContain('testuser@wallaroo.ai');
  expect(idle.lines.slice(1).join('\n')).not.toMatch(/chatops@ex\.co|inactive/);

  const list = await ask(world, people.ada, '/wallaroo users nobody-at-all');
  expect(list.buttons).not.toContain('Export CSV');
});

test('an export that Slack does not take says what is missing', async () => {
  const world = await startWorld();
  world.slack.faults.plan('files.getUploadURLExternal', { error: 'missing_scope' });
  const { answer, lines } = await exportOf(world, people.ada, '/wallaroo users');
  expect(answer).toContain('files:write');
  expect(lines).toEqual([]);
});
