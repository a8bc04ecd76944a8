import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, type Work } from '../work.ts';
import { healthOf, problemText, remedyText, sharedEmails } from './account-health.ts';

/** An active account whose uploads may fail, with the first thing to mend. */
export interface AccountFault {
  readonly user: WallarooUser;
  readonly problem: string;
  readonly remedy: string;
}

/** All of them in a list, in its order. */
export function* accountFaults(users: readonly WallarooUser[]): Work<readonly AccountFault[]> {
  const shared = yield* sharedEmails.ready(users);
  const found: AccountFault[] = [];
  yield* forEach(users, (user) => {
    const [fault] = user.enabled ? healthOf(user, shared).faults : [];
    if (fault !== undefined)
      found.push({ user, problem: problemText(fault), remedy: remedyText(fault, "on the user's card") });
  });
  return found;
}
