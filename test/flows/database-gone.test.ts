import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ask } from './acting.ts';
import { people, startWorld, type World } from './world.ts';

const STANDSTILL_MS = 500;
const GONE = 'its file is gone, or another lies in its place: start the bot again';

async function asked({ bot }: World, path: string) {
  const response = await fetch(`http://127.0.0.1:${bot.port}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const filesOf = ({ databaseUrl }: World): readonly string[] => {
  const path = databaseUrl.replace(/^file:/, '');
  return [path, `${path}-wal`, `${path}-shm`].filter((file) => existsSync(file));
};

it.each([
  ['is taken away', (path: string) => rmSync(path)],
  ['is moved, and another put in its place', (path: string) => renameSync(path, `${path}.old`)],
])(
  'a database whose file %s is told by readiness and health until the bot is started again',
  async (how, act) => {
    const world = await startWorld({ bot: { standstillMs: STANDSTILL_MS } });
    const [path = '', ...beside] = filesOf(world);
    for (const file of [path, ...beside]) act(file);
    if (how.includes('another')) writeFileSync(path, '');
    expect(await asked(world, '/readyz')).toMatchObject({ status: 503, body: { database: GONE } });
    await expect.poll(async () => (await asked(world, '/healthz')).body.work).toContain('heartbeat');
    await world.bot.stop();
    const another = await world.startAnother();
    expect(await asked({ ...world, bot: another }, '/readyz')).toMatchObject({ status: 200 });
    expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
  },
);
