import type { Subcommand } from '../slack/command-router.ts';
import { type Asking, registerAsking } from './ask/ask-handlers.ts';
import { registerInvite } from './ask/invite-handlers.ts';
import { registerTimed } from './ask/timed-handlers.ts';
import { registerUndo } from './ask/undo-handlers.ts';
import { registerDecisions } from './decide/decide-handlers.ts';
import { registerRequests } from './decide/request-list-handlers.ts';
import type { ChangesHandlerParts } from './handler-parts.ts';

/** Everything that people do about changes: ask, decide, take back, extend, invite. */
export function registerChanges(
  parts: ChangesHandlerParts,
): Asking & { readonly subcommands: readonly Subcommand[] } {
  const asking = registerAsking(parts);
  registerDecisions(parts);
  registerUndo(parts);
  registerTimed(parts);
  return {
    ...asking,
    subcommands: [...asking.subcommands, ...registerInvite(parts), ...registerRequests(parts)],
  };
}
