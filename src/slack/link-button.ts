import type { Button } from '@slack/types';
import { button } from './blocks.ts';

/** Slack tells the app of a press on a link, too: there is nothing to do for it. */
export const OPEN_LINK = 'open_link';

/** A button that opens a page. `origin` tells several of one message apart, as Slack wants their ids unique in a block. */
const linkButton = (text: string, url: string, origin = ''): Button =>
  button({ text, actionId: origin === '' ? OPEN_LINK : `${OPEN_LINK}/${origin}`, url });

/** The way to the instance, from every answer that ends there. */
export const openWallaroo = (url: string): Button => linkButton('Open Wallaroo', url);
