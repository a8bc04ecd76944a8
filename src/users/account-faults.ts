import type { WallarooUser } from '../wallaroo/user.ts';
import { HEALTH_TEXT, healthOf, sharedEmailsOf } from './account-health.ts';

/** An active account whose uploads may fail, with the first thing to mend. */
export interface AccountFault {
  readonly user: WallarooUser;
  readonly problem: string;
  readonly remedy: string;
}

export function accountFaults(users: readonly WallarooUser[]): readonly AccountFault[] {
  const shared = sharedEmailsOf(users);
  return users.flatMap((user) => {
    const [fault] = user.enabled ? healthOf(user, shared).faults : [];
    return fault === undefined ? [] : [{ user, ...HEALTH_TEXT[fault] }];
  });
}
