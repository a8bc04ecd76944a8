import { expect, it } from 'vitest';
import { slackDate } from '../../../sandbox/page/slack-date.ts';

const now = new Date(2025, 2, 10, 12, 0);
const at = (...date: [number, number, number, number, number]) => new Date(...date).getTime() / 1000;

it.each([
  ['{date_short}', at(2025, 1, 18, 9, 5), 'Feb 18, 2025'],
  ['{date_num} {time}', at(2025, 1, 8, 9, 5), '2025-02-08 9:05 AM'],
  ['{date_long}', at(2025, 1, 18, 9, 5), 'Tuesday, February 18, 2025'],
  ['on {date_short_pretty}', at(2025, 2, 9, 23, 59), 'on yesterday'],
  ['{date_pretty}', at(2025, 2, 10, 0, 1), 'today'],
  ['{date_pretty}', at(2025, 1, 18, 0, 1), 'February 18'],
  ['{ago}', at(2025, 2, 10, 9, 0), '3 hours ago'],
  ['{unheard_of}', at(2025, 2, 10, 9, 0), '{unheard_of}'],
])('writes %s', (format, seconds, text) => {
  expect(slackDate(seconds, format, now)).toBe(text);
});
