import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as forward } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { pass } from './acting.ts';
import { again, approve, dmSaying, expectNoLiveButtons, request, untilActive } from './requests.ts';
import { people, startWorld } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WHO = 'ada@ex.co';

const pemOf = (name: 'key' | 'certificate' | 'expired'): Buffer =>
  readFileSync(fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url)));

const contextOf = (name: 'certificate' | 'expired') => ({ key: pemOf('key'), cert: pemOf(name) });

const before = getGlobalDispatcher();
const servers: Server[] = [];

afterEach(() => {
  setGlobalDispatcher(before);
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** What answers by HTTPS in front of Wallaroo, as at a real instance. This process trusts who signed either certificate. */
async function startInFrontOf(wallarooUrl: string) {
  const server = createServer(contextOf('certificate'), (asked, answer) => {
    const { method, headers } = asked;
    const passed = forward(`${wallarooUrl}${asked.url}`, { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    asked.pipe(passed);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  setGlobalDispatcher(new Agent({ connect: { ca: [pemOf('certificate'), pemOf('expired')] } }));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** On every connection from now on: those that are open end. */
    show: (name: 'certificate' | 'expired') => {
      server.setSecureContext(contextOf(name));
      server.closeAllConnections();
    },
  };
}

it('an access ends once the certificate of Wallaroo is renewed, where it had expired as its time came', async () => {
  const first = await startWorld();
  const front = await startInFrontOf(first.wallaroo.url);
  await first.bot.stop();
  const world = { ...first, bot: await first.startAnother({ settings: { WALLAROO_URL: front.url } }) };
  await approve(world, people.ben, await request(world, people.mia, `/wallaroo activate ${WHO} for 7d`));
  await world.slack.as(people.ben).close('all');
  await pass(world, 7 * DAY - HOUR);
  front.show('expired');
  await pass(world, 2 * HOUR);
  const card = await dmSaying(world, people.ben, /certificate of Wallaroo's address is not trusted/);
  expect(card.text).toMatch(/Not done yet: [\s\S]*Retrying automatically\. :hourglass/);
  expect(card.buttons).toEqual(['Extend', 'Keep']);
  for (let hour = 0; hour < 12; hour += 1) await pass(world, HOUR);
  expect(world.isActive(WHO)).toBe(true);
  front.show('certificate');
  // No restart: who renews a certificate need not know of the bot.
  world.advance(60_000);
  await untilActive(world, WHO, false);
  await world.bot.settled();
  expect(again(world, card, people.ben).text).toContain('Done');
  await expectNoLiveButtons(world);
});
