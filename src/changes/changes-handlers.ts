import type { Subcommand } from '../slack/command-router.ts';
import { type OwnAccess, ownAccess } from './ask/access-handlers.ts';
import { registerAgain } from './ask/again-handlers.ts';
import { type Asking, registerAsking } from './ask/ask-handlers.ts';
import { type Fixing, registerFixing } from './ask/fix-handlers.ts';
import { type Inviting, registerInvite } from './ask/invite-handlers.ts';
import { registerKeep } from './ask/keep-handlers.ts';
import { type Memberships, registerMemberships } from './ask/membership-handlers.ts';
import { registerTimed, type Timed } from './ask/timed-handlers.ts';
import { registerTryFailed } from './ask/try-failed-handlers.ts';
import { registerUndo } from './ask/undo-handlers.ts';
import { registerDecisions } from './decide/decide-handlers.ts';
import { registerRequests } from './decide/request-list-handlers.ts';
import type { ChangesHandlerParts } from './handler-parts.ts';

/** Everything that people do about changes: ask, decide, take back, extend, invite. */
export function registerChanges(
  parts: ChangesHandlerParts,
): Asking &
  Fixing &
  Inviting &
  Memberships &
  OwnAccess &
  Timed & { readonly subcommands: readonly Subcommand[] } {
  const asking = registerAsking(parts);
  registerDecisions(parts);
  registerUndo(parts);
  registerAgain(parts);
  registerTryFailed(parts);
  const inviting = registerInvite(parts);
  registerKeep(parts);
  return {
    ...asking,
    ...inviting,
    ...registerFixing(parts),
    ...registerMemberships(parts),
    ...ownAccess(parts),
    ...registerTimed(parts),
    subcommands: [...asking.subcommands, ...inviting.subcommands, ...registerRequests(parts)],
  };
}
