import { fullText, seenMessage, seenView } from './person/seen.ts';
import type { TrafficEntry } from './traffic.ts';
import { stackOf } from './views.ts';
import type { Workspace } from './workspace.ts';

const shownMessages = 8;
const shownTraffic = 15;

function trafficLine(entry: TrafficEntry): string {
  switch (entry.kind) {
    case 'call':
      return `call ${entry.method} -> ${entry.status} ${JSON.stringify(entry.answer).slice(0, 160)}`;
    case 'envelope':
      return `envelope ${entry.type} ${JSON.stringify(entry.payload.command ?? entry.payload.type)}`;
    case 'ack':
      return `ack after ${Math.round(entry.ms)} ms ${JSON.stringify(entry.payload)?.slice(0, 160) ?? ''}`;
    case 'unanswered':
      return `unanswered: ${entry.reason}`;
    case 'response_url':
      return `response_url -> ${entry.status} ${JSON.stringify(entry.answer)}`;
    case 'socket':
      return `socket ${entry.connection} ${entry.what}`;
    case 'warning':
      return `warning: ${entry.text}`;
  }
}

/** What stands in the workspace and what travelled last, for those who wonder why a test waits. */
function dump(workspace: Workspace): string {
  const { state, traffic } = workspace;
  const messages = state.messages.slice(-shownMessages).map((message) => {
    const where = state.channels.get(message.channel)?.name ?? message.channel;
    const to = message.onlyFor === undefined ? where : `${where}, only for ${message.onlyFor}`;
    return `(${to})\n${fullText(workspace, seenMessage(workspace, message))}`;
  });
  const modals = [...state.stacks.keys()].flatMap((userId) =>
    stackOf(workspace, userId).map(
      (view) => `(modal of ${userId})\n${fullText(workspace, seenView(workspace, view))}`,
    ),
  );
  const travelled = traffic.entries.slice(-shownTraffic).map(trafficLine);
  return [
    '--- last messages',
    ...messages,
    '--- open modals',
    ...modals,
    '--- last traffic',
    ...travelled,
  ].join('\n');
}

const isYet = (value: unknown): boolean => value === undefined || value === null || value === false;

/**
 * Resolves with the first value of `check` that is neither `undefined`, `null` nor `false`; asked at once and
 * after every change and every piece of traffic. A check that throws is asked again. Rejects with a dump after
 * `timeoutMs`.
 */
export function until<T>(
  workspace: Workspace,
  check: () => T | undefined | null | false,
  timeoutMs = 25_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let thrown: unknown;
    let isPlanned = false;
    let isOver = false;
    const end = () => {
      isOver = true;
      clearTimeout(timer);
      workspace.events.off('change', plan);
      stopListening();
    };
    const ask = () => {
      isPlanned = false;
      if (isOver) return;
      try {
        const value = check();
        if (isYet(value)) return;
        end();
        resolve(value as T);
      } catch (error) {
        thrown = error;
      }
    };
    // Changes come in the middle of what Slack does: look when it is through.
    const plan = () => {
      if (!isPlanned) setImmediate(ask);
      isPlanned = true;
    };
    const timer = setTimeout(() => {
      end();
      const why = thrown === undefined ? '' : `\nthe check threw: ${String(thrown)}`;
      reject(new Error(`not so within ${timeoutMs} ms${why}\n${dump(workspace)}`, { cause: thrown }));
    }, timeoutMs);
    workspace.events.on('change', plan);
    const stopListening = workspace.traffic.listen(plan);
    ask();
  });
}
