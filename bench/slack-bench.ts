import { setTimeout as wait } from 'node:timers/promises';
import { type Line, median, percentile } from './measure.ts';
import { type programs, type Running, run } from './processes.ts';

const STARTS = 5;
/** V8 has freed more or less by the time, as it happens. */
const MEMORIES = 7;
const IN_FLIGHT = 50;
const BATCHES = 40;
const WARM_UP = 5;
const SETTLE_MS = 5000;
const PAUSE_MS = 100;
const ANSWER_WITHIN_MS = 30_000;
/** Slack's limit, after which the command counts as failed. */
const TIMED_OUT_MS = 3000;

/** Start to connected, idle memory, and slash command to acknowledgement, beside a Bolt app that only acknowledges. */
export async function slackBench(): Promise<readonly Line[]> {
  const starts = { bot: [] as number[], bare: [] as number[] };
  for (let round = 0; round < STARTS; round += 1)
    for (const program of ['bare', 'bot'] as const) {
      const running = await run(program);
      starts[program].push(running.startMs);
      await running.stop();
    }
  const memories = { bot: [] as number[], bare: [] as number[] };
  for (let round = 0; round < MEMORIES; round += 1)
    for (const program of ['bare', 'bot'] as const) memories[program].push(await idleMemory(program));
  const bare = await measured('bare');
  const bot = await measured('bot');
  const pair = (pick: (samples: Measured) => number) => ({ ours: pick(bot), baseline: pick(bare) });
  return [
    {
      what: 'start to connected',
      ours: median(starts.bot),
      baseline: median(starts.bare),
      unit: 'ms',
      goal: 1.3,
    },
    {
      what: 'idle memory',
      ours: median(memories.bot),
      baseline: median(memories.bare),
      unit: 'MB',
      goal: 1.2,
    },
    {
      what: `slash command to ack, p50, ${IN_FLIGHT} in flight`,
      ...pair(({ acks }) => median(acks)),
      unit: 'ms',
      goal: 1.15,
    },
    {
      what: `slash command to ack, p99, ${IN_FLIGHT} in flight`,
      ...pair(({ acks }) => percentile(acks, 0.99)),
      unit: 'ms',
      goal: 1.5,
    },
    {
      what: `the same p50 while the bot still answers ${IN_FLIGHT} earlier ones`,
      ...pair(({ pressed }) => median(pressed)),
      unit: 'ms',
      goal: 1.3,
    },
  ];
}

interface Measured {
  /** Milliseconds, each burst after the answers to the one before. */
  readonly acks: readonly number[];
  /** Milliseconds, burst upon burst: the bot answers earlier ones meanwhile. */
  readonly pressed: readonly number[];
}

/** Megabytes, before anything is asked of it. */
async function idleMemory(program: keyof typeof programs): Promise<number> {
  const running = await run(program);
  await wait(SETTLE_MS);
  const bytes = await running.memoryBytes();
  await running.stop();
  return bytes / 1e6;
}

async function measured(program: keyof typeof programs): Promise<Measured> {
  const running = await run(program);
  const bursts = async (pause: () => Promise<unknown>): Promise<readonly number[]> => {
    const samples: number[] = [];
    for (let batch = 0; batch < WARM_UP + BATCHES; batch += 1) {
      const sample = await oneBatch(running);
      if (batch >= WARM_UP) samples.push(...sample);
      await pause();
    }
    return samples;
  };
  const acks = await bursts(() => answersOf(running, program));
  const pressed = await bursts(async () => undefined);
  await running.stop();
  return { acks, pressed };
}

/** Resolves when the bot has answered all that was typed; the baseline answers nothing, so it is given a pause. */
function answersOf({ slack }: Running, program: keyof typeof programs): Promise<unknown> {
  if (program === 'bare') return wait(PAUSE_MS);
  const typed = slack.traffic.of('envelope').length;
  return slack.until(() => slack.traffic.of('response_url').length >= typed, ANSWER_WITHIN_MS);
}

async function oneBatch({ slack }: Running): Promise<readonly number[]> {
  const ada = slack.as('U0ADA');
  const done = await Promise.allSettled(
    Array.from({ length: IN_FLIGHT }, () => ada.type('C0LICENSE', '/wallaroo help')),
  );
  return done.map((each) => (each.status === 'fulfilled' ? each.value.ms : TIMED_OUT_MS));
}
