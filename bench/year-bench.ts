import { setTimeout as wait } from 'node:timers/promises';
import Database from 'libsql';
import { defaultSlackSeed, type SlackSeed } from '../sandbox/slack/seed.ts';
import { startPlatform } from './large-platform.ts';
import { type Line, percentile } from './measure.ts';
import { type Load, type Running, run } from './processes.ts';
import { fillDatabase } from './year-of-service.ts';

/** Fewer on a machine that is too slow to list so many within the bot's ten seconds. */
const USERS = Number(process.env.BENCH_USERS ?? 50_000);
const WORKSPACES = 1000;
const ENDED_CHANGES = 100_000;
const VIEWERS = 200;
const ADMINISTRATORS = 50;
const SWITCHED_OUTSIDE = 20_000;
const LOCKED_MS = 4000;
const IDLE_MS = 30_000;
const MOST_IDLE_PERCENT = 3;
const MOST_STALL_MS = 100;
const MOST_ACK_MS = 250;
/** Between two commands whose acknowledgement is measured. */
const TYPE_EVERY_MS = 50;
const WITHIN_MS = 180_000;
const ADA = 'U0ADA';
const LICENSE = 'C0LICENSE';
const APPROVALS = 'C0APPROVALS';

const viewers = Array.from({ length: VIEWERS }, (_, index) => `U0VIEWER${index}`);
const administrators = viewers.slice(0, ADMINISTRATORS);

const people: SlackSeed = {
  ...defaultSlackSeed,
  people: [
    ...defaultSlackSeed.people,
    ...viewers.map((id) => ({
      id,
      handle: id.toLowerCase(),
      realName: id,
      email: `${id.toLowerCase()}@ex.co`,
    })),
  ],
};

interface Measured extends Load {
  /** The slowest acknowledgement meanwhile, ms. */
  readonly ackMs: number;
}

/** What `work` costs, while somebody types command upon command. */
async function during(running: Running, work: () => Promise<unknown>): Promise<Measured> {
  await running.load();
  const typing = new AbortController();
  const acks: number[] = [];
  const pace = (async () => {
    while (!typing.signal.aborted) {
      const typed = await running.slack
        .as(ADA)
        .type(LICENSE, '/wallaroo help')
        .catch(() => undefined);
      acks.push(typed?.ms ?? 3000);
      await wait(TYPE_EVERY_MS);
    }
  })();
  await work();
  typing.abort();
  await pace;
  return { ...(await running.load()), ackMs: percentile(acks, 1) };
}

/** Another program keeps the file for some seconds. */
async function lockFile(path: string): Promise<void> {
  const database = new Database(path);
  database.exec('begin exclusive');
  await wait(LOCKED_MS);
  database.exec('commit');
  database.close();
}

async function idleLoad(running: Running): Promise<Measured> {
  await running.load('processor');
  await wait(IDLE_MS);
  return { ...(await running.load()), ackMs: Number.NaN };
}

async function bareLoads() {
  const bare = await run('bare', { people });
  const typed = await during(bare, () => wait(IDLE_MS / 3));
  const idle = await idleLoad(bare);
  await bare.stop();
  return { idle, typed };
}

/** How many Homes were published so far; looks at each piece of traffic once, as it is asked after each. */
function homesOf({ slack }: Running): () => number {
  let looked = 0;
  let published = 0;
  return () => {
    for (const entry of slack.traffic.entries.slice(looked)) {
      looked += 1;
      if (entry.kind === 'call' && entry.method === 'views.publish') published += 1;
    }
    return published;
  };
}

async function botLoads() {
  const platform = await startPlatform(USERS, WORKSPACES);
  const administratorIds = ['S0ADMINS', ...administrators].join(',');
  const bot = await run('bot', {
    people,
    wallaroo: platform,
    settings: { WALLAROO_EDITION: 'enterprise', ADMINS: administratorIds, DIGEST_CRON: '' },
    prepare: (url) => {
      const lately = viewers.map((id) => [id, administrators.includes(id)] as const);
      return fillDatabase(url, { endedChanges: ENDED_CHANGES, viewers: lately });
    },
  });
  const { slack } = bot;
  const ada = slack.as(ADA);
  const homes = homesOf(bot);
  /** Somebody's change, which every administrator's Home tells. */
  const change = async (verb: 'deactivate' | 'activate'): Promise<void> => {
    const shown = homes();
    await ada.type(LICENSE, `/wallaroo ${verb} olga@ex.co`);
    await slack.until(() => /^(De)?activate$/i.test(ada.modal()?.submit ?? ''), WITHIN_MS);
    await ada.submit();
    await slack.until(() => homes() >= shown + ADMINISTRATORS, WITHIN_MS);
  };
  /** Asks who takes over each workspace that Mia alone owns. */
  const form = async (): Promise<void> => {
    await ada.type(LICENSE, '/wallaroo deactivate mia@ex.co');
    await slack.until(() => ada.modal()?.submit === 'Deactivate', WITHIN_MS);
    await ada.close('all');
  };
  const workspaces = async (): Promise<void> => {
    await ada.type(LICENSE, '/wallaroo workspaces team');
    await slack.until(() => ada.messages(LICENSE).some(({ text }) => text.includes('team-0')), WITHIN_MS);
  };
  const digest = async (): Promise<void> => {
    const isThere = () => ada.messages(APPROVALS).some(({ text }) => text.includes('license digest'));
    await ada.type(LICENSE, '/wallaroo digest');
    await slack.until(isThere, WITHIN_MS);
  };
  const exported = async (): Promise<void> => {
    await ada.type(LICENSE, '/wallaroo audit');
    const list = await slack.until(() =>
      ada.messages(LICENSE).find(({ buttons }) => buttons.includes('Export CSV')),
    );
    await ada.press(list, 'Export CSV');
    await slack.until(() => ada.dm().some(({ files }) => files.length > 0), WITHIN_MS);
  };
  const stage = (name: string, work: () => Promise<unknown>) => during(bot, work).catch(failedIn(name));
  const loads = {
    homes: await stage('homes', () => slack.until(() => homes() >= VIEWERS, WITHIN_MS)),
    idle: await idleLoad(bot),
    typed: await stage('typed', () => wait(IDLE_MS / 3)),
    change: await stage('change', () => change('deactivate')),
    form: await stage('form', form),
    workspaces: await stage('workspaces', workspaces),
    digest: await stage('digest', digest),
    csv: await stage('csv', exported),
    locked: await stage('locked', () => lockFile(bot.databasePath)),
    outside: await stage('outside', async () => {
      await platform.switchOutside(SWITCHED_OUTSIDE);
      await change('activate');
    }),
  };
  await bot.stop();
  return loads;
}

const failedIn = (name: string) => (cause: unknown) => {
  throw new Error(`the stage ${name} did not come to its end`, { cause });
};

/** A bot that has served for a year in a large instance, beside a Bolt app that only acknowledges. */
export async function yearBench(): Promise<readonly Line[]> {
  const bare = await bareLoads();
  const bot = await botLoads();
  const cpuPercent = ({ cpuMs, elapsedMs }: Load) => (100 * cpuMs) / elapsedMs;
  const amounts = `${ENDED_CHANGES.toLocaleString('en')} ended changes, ${VIEWERS} viewers, ${USERS.toLocaleString('en')} users`;
  const times: readonly (readonly [what: string, load: Measured])[] = [
    ['commands alone', bot.typed],
    ['all Homes are drawn', bot.homes],
    ['a change is made, and its Homes drawn', bot.change],
    ['the owner of 400 workspaces is to be deactivated', bot.form],
    [`${WORKSPACES.toLocaleString('en')} workspaces of 60 members are listed`, bot.workspaces],
    ['a digest is posted', bot.digest],
    ['the whole trail is exported', bot.csv],
    [`another program locks the file for ${LOCKED_MS / 1000} s`, bot.locked],
    [`${SWITCHED_OUTSIDE.toLocaleString('en')} changes made outside are noted`, bot.outside],
  ];
  return [
    {
      what: `processor while idle, ${amounts}`,
      ours: cpuPercent(bot.idle),
      baseline: cpuPercent(bare.idle),
      unit: '%',
      goal: MOST_IDLE_PERCENT,
      isAmount: true,
    },
    ...times.flatMap(([what, { stallMs, workMs, ackMs }]): readonly Line[] => [
      {
        what: `longest stall of the event loop: ${what}`,
        ours: stallMs,
        baseline: bare.typed.stallMs,
        unit: 'ms',
        goal: MOST_STALL_MS,
        isAmount: true,
      },
      {
        what: `of it work of the bot: ${what}`,
        ours: workMs,
        baseline: bare.typed.workMs,
        unit: 'ms',
        goal: MOST_STALL_MS,
        isAmount: true,
      },
      {
        what: `slowest ack meanwhile: ${what}`,
        ours: ackMs,
        baseline: bare.typed.ackMs,
        unit: 'ms',
        goal: MOST_ACK_MS,
        isAmount: true,
      },
    ]),
  ];
}
