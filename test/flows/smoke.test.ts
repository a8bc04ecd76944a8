import { expect, test } from 'vitest';
import { filledModal, LICENSE, lastMessage, people, startWorld } from './world.ts';

test('an administrator lists, deactivates and undoes', async () => {
  const world = await startWorld();
  const { slack } = world;
  const ada = slack.as(people.ada);
  await ada.type(LICENSE, '/wallaroo');
  console.log(slack.textOf(await slack.until(() => lastMessage(world, people.ada, LICENSE))));
  await ada.type(LICENSE, '/wallaroo users');
  const list = await slack.until(() => {
    const message = lastMessage(world, people.ada, LICENSE);
    return message !== undefined && /page 1/.test(slack.textOf(message)) ? message : undefined;
  });
  console.log(slack.textOf(list));
  await ada.type(LICENSE, '/wallaroo deactivate testuser@wallaroo.ai left us');
  console.log(slack.textOf(await filledModal(world, people.ada)));
  await ada.submit();
  console.log(slack.textOf(await filledModal(world, people.ada)));
  expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
  await ada.press('modal', 'Undo');
  console.log(slack.textOf(await filledModal(world, people.ada)));
  await world.bot.settled();
  console.log(
    ada
      .dm()
      .map((m) => slack.textOf(m))
      .join('\n----\n'),
  );
  const mia = slack.as(people.mia);
  await mia.type(LICENSE, '/wallaroo deactivate steve');
  console.log(slack.textOf(await filledModal(world, people.mia)));
  console.log(world.logs.filter((l) => Number(l.level) >= 40));
});
