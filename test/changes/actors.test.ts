import { expect, it } from 'vitest';
import { csvLines } from '../../src/audit/audit-csv.ts';
import { rowBlocks } from '../../src/audit/entry-views.ts';
import { rowsOf } from '../../src/audit/trail-rows.ts';
import { placesOf } from '../../src/changes/announce/card-places.ts';
import { cardFace, trailMessage } from '../../src/changes/announce/card-views.ts';
import { requestsMessage } from '../../src/changes/decide/request-list-views.ts';
import { appendAudit } from '../../src/db/audit-trail.ts';
import { readAudit } from '../../src/db/read-audit.ts';
import { happeningText } from '../../src/digest/happening-text.ts';
import { plainEntry } from '../audit/support.ts';
import { describeOnDatabases } from '../support/databases.ts';
import { aChange, NOW } from './a-change.ts';

/** Somebody at a command line, whose name tries to mention everybody. */
const ANN = 'cli:Ann<!channel>@host';
const SHOWN = '`cli:Ann&lt;!channel&gt;@host`';

it('somebody outside of Slack is named as they are called, and mentions nobody', () => {
  const change = aChange({ requesterId: ANN, state: 'denied', decidedBy: ANN, decidedAt: NOW });
  const entry = { ...plainEntry(1, { actor: ANN, requester: ANN }), seq: 1 };
  const drawn = [
    cardFace({ change, reader: 'approvers', adminPrincipals: [] }),
    requestsMessage([aChange({ requesterId: ANN })], { personKeys: ['U0ADA'], administrator: true }),
    trailMessage(ANN, 'Approved.'),
    rowsOf(entry).map((row) => rowBlocks(row, () => undefined)),
    happeningText({ ...entry, labels: ['ana@ex.co'] }),
  ].map((shown) => JSON.stringify(shown));
  for (const shown of drawn) {
    expect(shown).toContain(SHOWN);
    expect(shown).not.toMatch(/<@cli|<!channel/);
  }
  expect(csvLines([entry], { user: () => undefined, person: () => undefined })).toContain(`"${ANN}"`);
});

it('only people in Slack get direct messages; what nobody of them hears of stands in the approvals channel', () => {
  const places = (over: Parameters<typeof aChange>[0]) =>
    placesOf(aChange(over), 'C0APPROVALS').map(({ destination }) => destination);
  expect(places({ requesterId: ANN })).toEqual(['C0APPROVALS']);
  expect(places({ requesterId: ANN, origin: 'direct' })).toEqual(['C0APPROVALS']);
  expect(places({ requesterId: ANN, origin: 'timed' })).toEqual(['C0APPROVALS']);
  expect(places({ requesterId: ANN, origin: 'timed', decidedBy: 'W0ADA' })).toEqual(['W0ADA']);
  expect(places({ requesterId: 'U0MIA', origin: 'timed', decidedBy: 'U0MIA' })).toEqual(['U0MIA']);
});

describeOnDatabases('the trail', (open) => {
  it('is searched by an actor outside of Slack, ignoring case', async () => {
    const { db } = await open();
    await appendAudit(db, plainEntry(1, { actor: 'cli:Ann@Host' }));
    await appendAudit(db, plainEntry(2));
    await appendAudit(db, plainEntry(3, { requester: 'cli:Ann@Host' }));
    const found = await readAudit(db, { who: 'CLI:ann@host', most: 10 });
    expect(found.map(({ subjects }) => subjects[0]?.label)).toEqual(['user3@ex.co', 'user1@ex.co']);
  });
});
