import { asJson, asList, asText, type Json } from '../json.ts';
import type { TrafficEntry } from '../traffic.ts';

/** A line of the page's traffic list; `TrafficLine` of sandbox/page/model.ts with `at` as text. */
export interface TrafficLine {
  readonly id: string;
  readonly at: string;
  readonly kind: 'envelope' | 'ack' | 'web-api' | 'platform';
  readonly summary: string;
  readonly ms?: number | undefined;
  readonly failed: boolean;
  readonly detail: string;
}

function payloadSummary(payload: Json): string {
  const { type, command, text, actions, view, event, value } = payload;
  if (command !== undefined) return `${String(command)} ${String(text)}`.trim();
  switch (type) {
    case 'block_actions':
      return `pressed ${asText(asJson(asList(actions)[0]).action_id) ?? ''}`;
    case 'block_suggestion':
      return `searched “${String(value)}”`;
    case 'view_submission':
    case 'view_closed':
      return `${type} ${asText(asJson(view).callback_id) ?? ''}`;
    case 'event_callback':
      return `event ${asText(asJson(event).type) ?? ''}`;
    default:
      return String(type);
  }
}

type Content = Omit<TrafficLine, 'id' | 'at' | 'detail'> & { readonly detail: unknown };

function contentOf(entry: TrafficEntry): Content {
  switch (entry.kind) {
    case 'envelope':
      return {
        kind: 'envelope',
        summary: payloadSummary(entry.payload),
        failed: false,
        detail: entry.payload,
      };
    case 'ack':
      return {
        kind: 'ack',
        summary: 'acknowledged',
        ms: entry.ms,
        failed: false,
        detail: entry.payload ?? '',
      };
    case 'unanswered':
      return { kind: 'ack', summary: entry.reason, ms: entry.ms, failed: true, detail: entry.reason };
    case 'call': {
      const { method, args, answer, status, ms } = entry;
      const failed = answer.ok !== true;
      const summary = failed ? `${method}: ${asText(answer.error) ?? status}` : method;
      return { kind: 'web-api', summary, ms, failed, detail: { args, answer } };
    }
    case 'response_url': {
      const { args, answer, status } = entry;
      return { kind: 'web-api', summary: 'response_url', failed: status !== 200, detail: { args, answer } };
    }
    case 'socket':
      return {
        kind: 'envelope',
        summary: `socket ${entry.connection}: ${entry.what}`,
        failed: false,
        detail: '',
      };
    case 'warning':
      return { kind: 'web-api', summary: entry.text, failed: true, detail: entry.text };
  }
}

export function trafficLine(entry: TrafficEntry): TrafficLine {
  const { detail, ...content } = contentOf(entry);
  const text = typeof detail === 'string' ? detail : JSON.stringify(detail, null, 2);
  return { ...content, id: `slack-${entry.seq}`, at: entry.at.toISOString(), detail: text };
}
