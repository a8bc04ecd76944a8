import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Person } from '../person.ts';
import { InteractionFailed, notPossible, SlackRefusal } from '../refusals.ts';
import type { SlackSandbox } from '../start-slack.ts';
import { pageState } from './page-state.ts';
import { type TrafficLine, trafficLine } from './traffic-lines.ts';

/*
 * For the web page. Bodies and answers are JSON; what cannot be understood is 4xx `{"error": string}`.
 *
 * GET  /state?as=U…  -> the workspace as that person sees it (`SlackState` of sandbox/page/model.ts)
 * POST /act          {"as": "U…", "do": …} -> {}, for a search {"options": […]}; see `action`. What Slack or the app
 *                    refuses is an ordinary outcome: {"refused": string} in Slack's words
 * GET  /traffic      -> what travelled last, the oldest first
 * POST /faults       {"down": boolean} -> {}
 * GET  /clock        -> {"now": ISO time, "next": ISO time or absent, of what the clock can be moved to}
 * POST /clock        {"to": ISO time} -> {}
 * POST /reset        -> {}
 * GET  /events       -> text/event-stream: an event `change` at the start and whenever one of the above may differ
 */

const place = z.discriminatedUnion('on', [
  z.object({ on: z.literal('message'), channel: z.string(), ts: z.string() }),
  z.object({ on: z.literal('view'), viewId: z.string() }),
]);
const control = z.object({ blockId: z.string(), actionId: z.string() });
const at = { place, control };

const action = z.discriminatedUnion('do', [
  z.object({ do: z.literal('command'), channel: z.string(), text: z.string() }),
  z.object({ do: z.literal('press'), ...at }),
  z.object({ do: z.literal('choose'), ...at, options: z.array(z.object({ value: z.string() })) }),
  z.object({ do: z.literal('search'), ...at, typed: z.string() }),
  z.object({ do: z.literal('fill'), ...at, value: z.union([z.string(), z.array(z.string()), z.null()]) }),
  z.object({ do: z.literal('submit'), viewId: z.string() }),
  z.object({ do: z.literal('close'), viewId: z.string() }),
  z.object({ do: z.literal('openHome') }),
]);

function checkOnTop(person: Person, viewId: string): void {
  if (person.modal()?.viewId !== viewId) throw notPossible('this modal is no longer open');
}

const reconnectWithinMs = 5000;

/**
 * A moved clock makes the bot miss a pong and connect again, which no real Slack would see: what one does meanwhile
 * waits a little. One who stays away is told of as Slack does, when the interaction is dispatched.
 */
async function untilConnected(slack: SlackSandbox): Promise<void> {
  if (slack.faults.down === undefined) await slack.connected(reconnectWithinMs).catch(() => {});
}

async function act(person: Person, what: z.infer<typeof action>): Promise<object> {
  switch (what.do) {
    case 'command':
      await person.type(what.channel, what.text);
      return {};
    case 'press':
      // The page has shown the confirm dialog itself.
      await person.press(what.place, what.control, { confirmed: true });
      return {};
    case 'choose': {
      const option = what.options.map(({ value }) => value);
      await person.press(what.place, what.control, { option, confirmed: true });
      return {};
    }
    case 'search':
      return { options: await person.searchOptions(what.control, what.typed, what.place) };
    case 'fill':
      await person.fill(what.control, what.value, what.place);
      return {};
    case 'submit':
      checkOnTop(person, what.viewId);
      await person.submit();
      return {};
    case 'close':
      checkOnTop(person, what.viewId);
      await person.close();
      return {};
    case 'openHome':
      await person.openHome();
      return {};
  }
}

function refusal(error: unknown): object {
  if (error instanceof InteractionFailed) return { refused: error.message };
  throw error;
}

/** What the page shows beside Slack itself. */
export interface ControlParts {
  /** Further lines of traffic, of the platform say. */
  readonly moreTraffic?: () => readonly TrafficLine[];
  /** Calls back when there are more of those. */
  readonly onMoreTraffic?: (listener: () => void) => void;
  readonly clock?: { now(): Date; moveTo(moment: Date): void };
  /** The moment to which moving the clock is worth while. */
  readonly nextMoment?: () => Date | undefined;
}

const shownLines = 300;

/** The routes above, to be mounted where the page wants them. */
export function controlApi(slack: SlackSandbox, parts: ControlParts = {}): Hono {
  const app = new Hono();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  slack.workspace.events.on('change', changed);
  slack.traffic.listen(changed);
  parts.onMoreTraffic?.(changed);

  app.get('/state', (call) => {
    const me = slack.as(call.req.query('as') ?? '').profile;
    return call.json({ ...pageState(slack.workspace, me), isDown: slack.faults.down !== undefined });
  });
  app.post('/act', async (call) => {
    const body: unknown = await call.req.json();
    const { as } = z.object({ as: z.string() }).parse(body);
    await untilConnected(slack);
    return call.json(await act(slack.as(as), action.parse(body)).catch(refusal));
  });
  app.get('/traffic', (call) => {
    const lines = [...slack.traffic.entries.map(trafficLine), ...(parts.moreTraffic?.() ?? [])];
    return call.json(lines.toSorted((one, other) => one.at.localeCompare(other.at)).slice(-shownLines));
  });
  app.post('/faults', async (call) => {
    const { down } = z.object({ down: z.boolean() }).parse(await call.req.json());
    if (down) slack.faults.goDown('unavailable');
    else slack.faults.comeUp();
    changed();
    return call.json({});
  });
  app.get('/clock', (call) => call.json({ now: parts.clock?.now(), next: parts.nextMoment?.() }));
  app.post('/clock', async (call) => {
    const { to } = z.object({ to: z.iso.datetime() }).parse(await call.req.json());
    parts.clock?.moveTo(new Date(to));
    changed();
    return call.json({});
  });
  app.post('/reset', (call) => {
    slack.reset();
    return call.json({});
  });
  app.get('/events', (call) =>
    streamSSE(call, async (stream) => {
      const tell = () => void stream.writeSSE({ event: 'change', data: '{}' });
      listeners.add(tell);
      tell();
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      listeners.delete(tell);
    }),
  );
  app.onError((error, call) => {
    if (error instanceof z.ZodError) return call.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return call.json({ error: 'the body is not JSON' }, 400);
    if (error instanceof SlackRefusal) return call.json({ error: error.code }, 404);
    throw error;
  });
  return app;
}
