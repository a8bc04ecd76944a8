import type { FormValues } from '../../slack/interaction.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import { ids } from '../changes-ids.ts';
import { shownLine } from '../shown/shown-texts.ts';
import type { ConfirmDesk } from './confirm-facts.ts';
import type { Leaver } from './confirmation.ts';
import { LEFT_OPEN } from './input-views.ts';

const NOT_READ = 'Wallaroo does not tell at the moment what this user owns.';

/** Who was chosen in a form to be deactivated in exchange; `undefined` where that is left to the administrators. */
export function leaverIn(values: FormValues): string | undefined {
  const chosen = values[ids.leaver];
  return chosen === LEFT_OPEN ? undefined : chosen;
}

/** What a form tells of who was chosen in it to leave; `undefined` where nobody was. @throws RefusedError when they are gone. */
export async function readLeaver(
  desk: Pick<ConfirmDesk, 'gather'>,
  values: FormValues,
  requesterEmail: string | null | undefined,
): Promise<Leaver | undefined> {
  const userId = leaverIn(values);
  if (userId === undefined) return undefined;
  try {
    const { subjects, shown, orphans = [] } = await desk.gather([{ userId, enabled: false }], requesterEmail);
    const text = shown.users.map(shownLine).join('\n');
    return { user: subjects[0]?.user, text, orphans };
  } catch (error) {
    if (error instanceof WallarooError) return { user: undefined, text: NOT_READ, orphans: [] };
    throw error;
  }
}
