import { actorText, isSomebody } from './actor-text.ts';
import { code } from './mrkdwn.ts';

// How a row of the trail reads, wherever one stands. All of it is mrkdwn.

/** Characters of a name, as in lists of users. */
const NAME = 60;

/** "*`Nora Novak`* `nora@ex.co`": somebody by name, where it is known, and by what they went by, at most `most` characters of it. */
export const subjectText = (label: string, name: string | undefined, most: number): string =>
  name === undefined ? code(label, most) : `*${code(name, NAME)}* ${code(label, most)}`;

/** "asked by @mia", where somebody else did it than asked for it; `undefined` where not. */
export const askedByText = (actor: string, requester: string | undefined): string | undefined =>
  requester === undefined || requester === actor ? undefined : `asked by ${actorText(requester)}`;

/** "by @ada", or '' where nobody did it. Of what was done also that the bot did it, as at the end of a time. */
export const byText = (actor: string, event: string): string =>
  isSomebody(actor) || (event === 'applied' && actor === 'system') ? `by ${actorText(actor)}` : '';
