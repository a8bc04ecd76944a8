import { randomBytes } from 'node:crypto';
import { SlackRefusal } from './refusals.ts';
import type { Trigger } from './state.ts';
import type { Workspace } from './workspace.ts';

/** A trigger lives for three seconds (docs.slack.dev/surfaces/modals). */
const triggerLifeMs = 3000;

export function issueTrigger(workspace: Workspace, userId: string, viewId?: string): string {
  const nowMs = workspace.now().getTime();
  const id = `${nowMs}.${Math.floor(nowMs / 1000)}.${randomBytes(16).toString('hex')}`;
  workspace.state.triggers.set(id, {
    userId,
    viewId,
    expiresAtMs: nowMs + triggerLifeMs,
    isExchanged: false,
  });
  return id;
}

/**
 * The trigger behind an id, not yet used up: that happens by `exchange` once the view has passed every check.
 * Refuses with `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id` (views.open's page).
 */
export function findTrigger(workspace: Workspace, id: unknown): { trigger: Trigger; exchange: () => void } {
  const trigger = typeof id === 'string' ? workspace.state.triggers.get(id) : undefined;
  if (trigger === undefined) throw new SlackRefusal('invalid_trigger_id');
  if (trigger.isExchanged) throw new SlackRefusal('exchanged_trigger_id');
  if (workspace.now().getTime() >= trigger.expiresAtMs) throw new SlackRefusal('expired_trigger_id');
  return {
    trigger,
    exchange: () => {
      trigger.isExchanged = true;
    },
  };
}
