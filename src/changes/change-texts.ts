import type { Change } from './change.ts';
import { asksText } from './steps/steps-of.ts';

/** What a change asks for, as mrkdwn: "activate `x`". */
export const askText = ({ steps, durationMs }: Pick<Change, 'steps' | 'durationMs'>): string =>
  asksText(steps, durationMs);

/** The same for notifications: no mrkdwn but the code spans that make user data harmless. */
export const askFallback = (change: Pick<Change, 'steps' | 'durationMs'>): string =>
  askText(change).replaceAll('*', '');
