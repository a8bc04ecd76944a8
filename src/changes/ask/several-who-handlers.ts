import type { ModalView } from '@slack/types';
import { RefusedError } from '../../errors.ts';
import { labelOf } from '../../license/user-text.ts';
import type { Arrival, Interaction } from '../../slack/interaction.ts';
import { plainText, quotedName } from '../../texts/plain-text.ts';
import { likeliest } from '../../texts/readings.ts';
import type { ConfirmRefusal } from '../confirm/confirmation.ts';
import { tooManyAtOnce } from '../confirm/several.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';
import type { Draft } from './ask-draft.ts';
import { confirmSeveral } from './several-handlers.ts';

const MOST_OFFERED = 3;

/** Finds out who is meant by each name of a list; a name that is not clear is left out, and the confirmation says so. */
export async function drawSeveral(
  parts: ChangesHandlerParts,
  interaction: Interaction<Arrival>,
  draft: Draft,
): Promise<ModalView> {
  const tooMany = tooManyAtOnce(draft.who.length);
  if (tooMany !== undefined) throw new RefusedError(tooMany);
  const userIds = new Set<string>();
  const unclear: ConfirmRefusal[] = [];
  for (const typed of draft.who) {
    const found = await find(parts, interaction, typed);
    if (typeof found === 'string') userIds.add(found);
    else unclear.push(found);
  }
  const { who: _, ...wanted } = draft;
  return confirmSeveral(parts, interaction, { ...wanted, userIds: [...userIds], unclear });
}

/** The id of the user who is meant, or why nobody is. */
async function find(
  { resolve }: ChangesHandlerParts,
  { actor }: Interaction<Arrival>,
  typed: string,
): Promise<string | ConfirmRefusal> {
  const label = likeliest(plainText(typed));
  try {
    const found = await resolve(typed, actor);
    if (found.kind === 'one') return found.user.id;
    const users = found.kind === 'several' ? found.users : found.nearest;
    const names = users
      .slice(0, MOST_OFFERED)
      .map((user) => quotedName(labelOf(user)))
      .join(', ');
    if (found.kind === 'several') return { label, sentence: `Several users match, such as ${names}.` };
    return { label, sentence: `No user matches.${names === '' ? '' : ` The nearest: ${names}.`}` };
  } catch (error) {
    if (error instanceof RefusedError) return { label, sentence: error.userMessage };
    throw error;
  }
}
