import type { SectionBlock } from '@slack/types';
import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { rolesIn, workspaceNamed } from '../support/workspaces.ts';
import { ask, pass } from './acting.ts';
import { dmSaying, lineSaying, press, submit } from './requests.ts';
import { GENERAL, people, startWorld, type World } from './world.ts';

const NAME = `risk-scoring-${'x'.repeat(80)}`;
const emails = Array.from({ length: 20 }, (_, n) => `person.number.${n}.${'y'.repeat(40)}@long.example`);

/** An instance with a workspace of a long name, and twenty people with long emails who are in none, and inactive. */
async function startWithMany(settings: Record<string, string> = {}): Promise<World> {
  const world = await startWorld({ settings });
  const { state } = world.wallaroo;
  state.addWorkspace(NAME, state.user('steve').id);
  for (const email of emails) state.addUser({ username: email, email, enabled: false });
  return world;
}

/** Asks for all twenty as collaborators. */
async function addAll(world: World, userId: string): Promise<void> {
  const card = await ask(world, userId, `/wallaroo workspace ${NAME}`, GENERAL);
  await press(world, userId, card, 'Add people…');
  await world.slack.as(userId).choose('People', emails);
  await submit(world, userId, 'the whole team joins');
}

/** The mrkdwn of its sections. */
const textsOf = ({ blocks }: SeenMessage): readonly string[] =>
  (blocks as unknown as readonly SectionBlock[]).flatMap(({ type, text }) =>
    type === 'section' && text?.type === 'mrkdwn' ? [text.text] : [],
  );

const expectClosedSpans = (message: SeenMessage): void => {
  for (const text of textsOf(message)) expect(text.split('`').length % 2, text).toBe(1);
};

it('twenty people who are added to a workspace at once are all in the line, which says until when it can be undone', async () => {
  const world = await startWithMany();
  await addAll(world, people.ada);
  const members = () => {
    const { state } = world.wallaroo;
    return Object.keys(rolesIn(state, workspaceNamed(state, NAME)));
  };
  expect(members()).toHaveLength(21);
  await pass(world, 1000);
  const line = await lineSaying(world, 'can be undone until');
  expectClosedSpans(line);
  expect(textsOf(line)[0]).toMatch(
    /and 15 more users as \*collaborators\* to `[^`]+`\. \*Done\* · Why: `the whole team joins` · can be undone until/,
  );
  for (const email of emails)
    expect(line.text).toContain(`${email} is now a collaborator of ${NAME}. The account is inactive`);
  await press(world, people.ada, line, 'Undo');
  expect(members()).toHaveLength(1);
});

it('a request for twenty people names five, counts the others, says why, and lists all below', async () => {
  const world = await startWithMany({ FOUR_EYES: 'true' });
  await addAll(world, people.ada);
  // Who owns the workspace decides, in a direct message.
  const card = await dmSaying(world, people.steve, 'the whole team joins');
  expectClosedSpans(card);
  const [headline = ''] = textsOf(card);
  expect(headline).toMatch(/and 15 more users as \*collaborators\* to `[^`]+`\. Why:$/);
  expect(headline.match(/person\.number/g)).toHaveLength(5);
  for (const email of emails) expect(card.text).toContain(`${email} · no member so far`);
});
