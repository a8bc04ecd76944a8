import type { Subcommand } from '../slack/command-router.ts';
import { type Asking, registerAsking } from './ask-handlers.ts';
import { registerDecisions } from './decide-handlers.ts';
import type { ChangesHandlerParts } from './handler-parts.ts';
import { registerInvite } from './invite-handlers.ts';
import { registerRequests } from './requests-handlers.ts';
import { registerTimed } from './timed-handlers.ts';
import { registerUndo } from './undo-handlers.ts';

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
