import type { App } from '@slack/bolt';

/** What Slack delivers. */
export type DeliveryKind =
  | 'command'
  | 'action'
  | 'submission'
  | 'closed_view'
  | 'suggestion'
  | 'shortcut'
  | 'event';

/** Hears of every delivery of Slack: how long after it came it was acknowledged, and all work for it had ended, ms. */
export interface DeliveryWatch {
  acknowledged(kind: DeliveryKind, afterMs: number): void;
  ended(kind: DeliveryKind, afterMs: number): void;
}

const KINDS: Readonly<Record<string, DeliveryKind>> = {
  block_actions: 'action',
  view_submission: 'submission',
  view_closed: 'closed_view',
  block_suggestion: 'suggestion',
  shortcut: 'shortcut',
  message_action: 'shortcut',
};

const kindOf = (body: Readonly<Record<string, unknown>>): DeliveryKind =>
  'command' in body ? 'command' : (KINDS[String(body.type)] ?? 'event');

/** Measures from where Bolt hands over a delivery, so that what Bolt does itself counts. */
export function watchDeliveries(app: App, watch: DeliveryWatch): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const beganMs = performance.now();
    const kind = kindOf(event.body);
    const ack: typeof event.ack = async (...args) => {
      const answer = await event.ack(...args);
      watch.acknowledged(kind, performance.now() - beganMs);
      return answer;
    };
    await processEvent({ ...event, ack }).finally(() => watch.ended(kind, performance.now() - beganMs));
  };
}
