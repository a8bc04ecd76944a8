import type { Button } from '@slack/types';
import { button } from './blocks.ts';

/** Slack tells the app of a press on a link, too: there is nothing to do for it. */
export const OPEN_LINK = 'open_link';

/** The way to the instance, from every answer that ends there. */
export const openWallaroo = (url: string): Button =>
  button({ text: 'Open Wallaroo', actionId: OPEN_LINK, url });
