import { unescaped } from './plain-text.ts';

/** Dates of mrkdwn as their fallback: what Slack shows of `<!date^…|2026-12-24 18:00 UTC>` where it draws none. */
export const withPlainDates = (mrkdwn: string): string => mrkdwn.replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1');

/** What mrkdwn of ours reads as in plain text: dates as their fallback, no marks, characters as they are. */
export const plainOf = (mrkdwn: string): string => unescaped(withPlainDates(mrkdwn).replace(/[*`]/g, ''));
