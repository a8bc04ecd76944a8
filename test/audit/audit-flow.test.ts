import { expect, it } from 'vitest';
import { registerAudit } from '../../src/audit/audit-handlers.ts';
import { appendAudit } from '../../src/db/audit-trail.ts';
import type { Db } from '../../src/db/tables.ts';
import { parseWho } from '../../src/texts/typed-who.ts';
import { type BotKit, botKit, testClock } from '../support/bot-kit.ts';
import { fileDatabases } from '../support/databases.ts';
import { plainEntry } from './support.ts';

const open = fileDatabases();
const clock = testClock();

async function start(entries: number): Promise<{ kit: BotKit; db: Db }> {
  const { db } = await open();
  for (let n = 1; n <= entries; n++) await appendAudit(db, plainEntry(n));
  const kit = await botKit(clock);
  const subcommands = registerAudit({
    dispatcher: kit.dispatcher,
    client: kit.clients.interactive,
    db,
    now: clock.now,
    directory: { listUsers: async () => [], nameOf: kit.access.nameOf },
    seek: async (typed) => {
      const who = parseWho(typed);
      if (who.kind === 'text') return { text: who.text };
      if (who.kind !== 'slack') throw new Error(`nobody to seek: ${typed}`);
      return { slackUserId: who.slackUserId, text: await kit.access.emailOf(who.slackUserId) };
    },
  });
  await kit.start(subcommands);
  return { kit, db };
}

/** The newest message that somebody sees in #general. */
const latest = ({ slack }: BotKit, userId: string) => slack.as(userId).messages('C0GENERAL').at(-1);

it('shows administrators the latest changes and pages to older ones and back', async () => {
  const { kit } = await start(23);
  const ada = kit.slack.as('U0ADA');
  await ada.type('C0GENERAL', '/wallaroo audit');
  const first = await kit.slack.until(() => latest(kit, 'U0ADA'));
  expect(first.isEphemeral).toBe(true);
  expect(first.text).toContain('user23@ex.co');
  expect(first.text).not.toContain('user13@ex.co');
  expect(first.buttons).toEqual(['Older', 'Export CSV']);

  await ada.press(first, 'Older');
  const second = await kit.slack.until(() => {
    const message = latest(kit, 'U0ADA');
    return message?.text.includes('user13@ex.co') && message;
  });
  await ada.press(second, 'Older');
  const last = await kit.slack.until(() => {
    const message = latest(kit, 'U0ADA');
    return message?.text.includes('user3@ex.co') && message;
  });
  expect(last.buttons).toEqual(['Newest', 'Export CSV']);
  await ada.press(last, 'Newest');
  await kit.slack.until(() => latest(kit, 'U0ADA')?.text.includes('user23@ex.co'));
});

it('exports all matching entries to the direct messages of the person who pressed, and to nobody else', async () => {
  const { kit, db } = await start(1200);
  await appendAudit(db, plainEntry(0, { once: 'formula', reason: '=HYPERLINK("https://evil.example")' }));
  const ada = kit.slack.as('U0ADA');
  await ada.type('C0GENERAL', '/wallaroo audit since 2026-10-01');
  const list = await kit.slack.until(() => latest(kit, 'U0ADA'));
  await ada.press(list, 'Export CSV');
  const sent = await kit.slack.until(() => ada.dm().find(({ files }) => files.length > 0));
  const content = sent.files[0]?.content ?? '';
  expect(sent.files[0]?.title).toBe('wallaroo-audit-2026-11-25.csv');
  expect(content.trimEnd().split('\r\n')).toHaveLength(1 + 1201);
  expect(content).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  expect(sent.text).toContain('1201 changes as CSV');
  await kit.slack.until(() => latest(kit, 'U0ADA')?.text.includes('the file is in our direct messages'));
  const elsewhere = [...kit.slack.workspace.state.messages].filter(
    ({ files, channel }) => files.length > 0 && channel !== ada.dmChannel,
  );
  expect(elsewhere).toEqual([]);
});

it('finds what concerns a person mentioned: what they did, asked for, and what was done to their account', async () => {
  const { kit, db } = await start(0);
  const mia = { actor: 'U0BEN', requester: 'U0MIA', subjects: [{ userId: '1', label: 'zoe@ex.co' }] };
  await appendAudit(db, plainEntry(1, mia));
  await appendAudit(db, plainEntry(2, { subjects: [{ userId: '2', label: 'mia@ex.co' }] }));
  await appendAudit(db, plainEntry(3));
  await kit.slack.as('U0ADA').type('C0GENERAL', '/wallaroo audit @mia since 90d');
  const { text } = await kit.slack.until(() => latest(kit, 'U0ADA'));
  expect(text).toContain('zoe@ex.co');
  expect(text).toContain('mia@ex.co');
  expect(text).not.toContain('user3@ex.co');
});

it.each([
  ['/wallaroo audit', 'No changes yet.'],
  ['/wallaroo audit zoe since 2d', 'No changes for zoe since'],
  ['/wallaroo audit since someday', 'I cannot read the time after "since"'],
])('answers %s plainly', async (typed, words) => {
  const { kit } = await start(0);
  await kit.slack.as('U0ADA').type('C0GENERAL', typed);
  expect((await kit.slack.until(() => latest(kit, 'U0ADA'))).text).toContain(words);
});

it('refuses members', async () => {
  const { kit } = await start(3);
  await kit.slack.as('U0MIA').type('C0GENERAL', '/wallaroo audit');
  const refusal = await kit.slack.until(() => latest(kit, 'U0MIA'));
  expect(refusal.text).toContain('Only administrators');
  expect(refusal.text).not.toContain('user3@ex.co');
});

it('says what is missing when Slack does not take the file', async () => {
  const { kit } = await start(1);
  const ada = kit.slack.as('U0ADA');
  await ada.type('C0GENERAL', '/wallaroo audit');
  const list = await kit.slack.until(() => latest(kit, 'U0ADA'));
  kit.slack.faults.plan('files.getUploadURLExternal', { error: 'missing_scope' });
  await ada.press(list, 'Export CSV');
  await kit.slack.until(() => latest(kit, 'U0ADA')?.text.includes('files:write'));
});
