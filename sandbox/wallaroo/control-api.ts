import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { faultSchema } from './faults.ts';
import type { WallarooSandbox } from './start-wallaroo.ts';
import { endpointNames } from './supported.ts';
import { switchesSchema } from './switches.ts';

/*
 * For the web page. Bodies and answers are JSON; a body that cannot be read is 400 `{"error": string}`.
 *
 * GET  /state    -> {"edition": "community" | "enterprise",
 *                    "seats": {"taken": number, "limit": number | null},
 *                    "users": [{"id", "username", "email": string | null, "enabled": boolean,
 *                               "lastLogin": milliseconds | null, "admin": boolean}] by username,
 *                    "workspaces": [{"id", "name", "archived": boolean,
 *                                    "members": [{"userId", "role": "OWNER" | "COLLABORATOR" | null}]}] by id,
 *                    "mails": [{"to", "actions": [name], "at": ISO 8601}], the oldest first,
 *                    "switches": {name: value}, "faults": {endpoint: fault}, "endpoints": [name]}
 * POST /fault    {"endpoint": name | "*", "fault": fault | null} -> {}; "*" is all; null clears; see `faultSchema`
 * POST /switch   {name: value, ...} -> {}; see `switchesSchema`
 * POST /outside  {"userId": string, "enabled": boolean} -> {}, or 404; as somebody would outside Slack
 * POST /member   {"workspaceId": number, "userId": string, "role": "OWNER" | "COLLABORATOR" | null} -> {}, or 404;
 *                null takes them out
 * POST /reset    -> {}
 * GET  /events   -> text/event-stream: an event `change` with the change as JSON whenever /state may differ,
 *                   and one with {"kind": "reset"} at the start
 */

const faultBody = z.strictObject({
  endpoint: z.enum(endpointNames).or(z.literal('*')),
  fault: faultSchema.nullable(),
});
const memberBody = z.strictObject({
  workspaceId: z.number().int(),
  userId: z.string(),
  role: z.enum(['OWNER', 'COLLABORATOR']).nullable(),
});
const outsideBody = z.strictObject({ userId: z.string(), enabled: z.boolean() });

const byUsername = (a: { username: string }, b: { username: string }): number =>
  a.username.localeCompare(b.username);

function stateOf(wallaroo: WallarooSandbox): object {
  const users = [...wallaroo.state.users.values()].filter((user) => !user.serviceAccount).sort(byUsername);
  return {
    edition: wallaroo.state.edition,
    seats: wallaroo.seats(),
    users: users.map(({ id, username, email = null, enabled, lastLogin, realmRoles }) => {
      return { id, username, email, enabled, lastLogin, admin: realmRoles.includes('admin') };
    }),
    workspaces: [...wallaroo.state.workspaces.values()].map(({ id, name, archived, members }) => {
      const shown = members.map(({ userId, userType }) => ({ userId, role: userType }));
      return { id, name, archived, members: shown };
    }),
    mails: wallaroo.state.mails.map(({ to, actions, at }) => ({ to, actions, at })),
    switches: wallaroo.switches,
    faults: Object.fromEntries(wallaroo.faults.current),
    endpoints: endpointNames,
  };
}

/** The routes above, to be mounted where the page wants them. */
export function controlApi(wallaroo: WallarooSandbox): Hono {
  const app = new Hono();
  app.get('/state', (call) => call.json(stateOf(wallaroo)));
  app.post('/fault', async (call) => {
    const { endpoint, fault } = faultBody.parse(await call.req.json());
    for (const name of endpoint === '*' ? endpointNames : [endpoint]) {
      if (fault === null) wallaroo.faults.clear(name);
      else wallaroo.faults.set(name, fault);
    }
    return call.json({});
  });
  app.post('/switch', async (call) => {
    const change = z.record(z.string(), z.unknown()).parse(await call.req.json());
    wallaroo.setSwitches(switchesSchema.parse({ ...wallaroo.switches, ...change }));
    return call.json({});
  });
  app.post('/outside', async (call) => {
    const { userId, enabled } = outsideBody.parse(await call.req.json());
    if (!wallaroo.state.users.has(userId)) return call.json({ error: 'no such user' }, 404);
    wallaroo.state.setEnabled(userId, enabled);
    return call.json({});
  });
  app.post('/member', async (call) => {
    const { workspaceId, userId, role } = memberBody.parse(await call.req.json());
    const { state } = wallaroo;
    if (!state.workspaces.has(workspaceId)) return call.json({ error: 'no such workspace' }, 404);
    if (role === null) state.removeMember(workspaceId, userId);
    else if (state.users.has(userId)) state.setMember(workspaceId, userId, role);
    else return call.json({ error: 'no such user' }, 404);
    return call.json({});
  });
  app.post('/reset', (call) => {
    wallaroo.reset();
    return call.json({});
  });
  app.get('/events', (call) =>
    streamSSE(call, async (stream) => {
      const send = (change: object) => stream.writeSSE({ event: 'change', data: JSON.stringify(change) });
      const stop = wallaroo.on('change', send);
      await send({ kind: 'reset' });
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      stop();
    }),
  );
  app.onError((error, call) => {
    if (error instanceof z.ZodError) return call.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return call.json({ error: 'the body is not JSON' }, 400);
    throw error;
  });
  return app;
}
