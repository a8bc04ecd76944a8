import { pino } from 'pino';
import { expect, test } from 'vitest';
import { SlackStanding } from '../../src/slack/slack-standing.ts';

const MINUTE = 60_000;

test('requests that Slack has not signed keep a new replica out of service for a minute, not for good', () => {
  let nowMs = 0;
  const standing = new SlackStanding(pino({ level: 'silent' }), () => nowMs);
  for (let at = 0; at < 3; at += 1) standing.heardRequest(false);
  expect(standing.health.ok).toBe(false);
  nowMs += MINUTE;
  expect(standing.health).toEqual({ ok: true, refused: [expect.stringContaining('SLACK_SIGNING_SECRET')] });
  standing.heardRequest(false);
  expect(standing.health.ok).toBe(false);
  standing.heardRequest(true);
  expect(standing.health).toEqual({ ok: true, refused: [] });
  for (let at = 0; at < 3; at += 1) standing.heardRequest(false);
  expect(standing.health.ok).toBe(true);
});
