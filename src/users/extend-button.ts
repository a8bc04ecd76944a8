import type { Button } from '@slack/types';
import { button } from '../slack/blocks.ts';
import { ids } from './users-ids.ts';

/** Asks for more time for a timed activation, whose end the change brings. `origin` tells presses from different places apart. */
export const extendButton = (changeId: string, origin: string): Button =>
  button({ text: 'Extend', actionId: `${ids.extend}/${origin}`, value: changeId });
