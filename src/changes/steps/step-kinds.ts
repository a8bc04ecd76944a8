import { extendActivation } from './extend-activation.ts';
import { fixAccount } from './fix-account.ts';
import { inviteUser } from './invite-user.ts';
import { keepActive } from './keep-active.ts';
import { setMembership } from './set-membership.ts';
import { switchUser } from './switch-user.ts';

/** Every kind of step. A new one is a file beside this and a line here. */
export const STEP_KINDS = [
  switchUser,
  inviteUser,
  keepActive,
  setMembership,
  fixAccount,
  extendActivation,
] as const;
