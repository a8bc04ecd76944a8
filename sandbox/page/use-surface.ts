import { useState } from 'react';
import type { Surface } from './blocks/surface.ts';
import type { Place, ShownView } from './model.ts';
import type { Slack } from './slack-source.ts';

const nothing = {};

/** What one can do on a message, a modal or Home; `view` is what its inputs hold and what is wrong with them. */
export function useSurfaceOf(slack: Slack, place: Place, view?: ShownView): Surface {
  const [sending, setSending] = useState(0);
  const during = async (sent: Promise<void>) => {
    setSending((count) => count + 1);
    await sent.finally(() => setSending((count) => count - 1));
  };
  return {
    press: (control, value) => during(slack.press(place, control, value)),
    choose: (control, options) => during(slack.choose(place, control, options)),
    search: (control, typed) => slack.search(place, control, typed),
    fill: (control, value) => slack.fill(place, control, value),
    filled: ({ blockId, actionId }) => view?.values[`${blockId}/${actionId}`],
    errors: view?.errors ?? nothing,
    busy: sending > 0,
  };
}
