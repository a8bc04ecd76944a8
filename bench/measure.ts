import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** The value below which a share `p` (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** One line of the report: ours beside the baseline of the same run, and the goal for their ratio. */
export interface Line {
  readonly what: string;
  readonly ours: number;
  readonly baseline: number | undefined;
  readonly unit: 'ms' | 'MB' | '%';
  /** A ratio to the baseline, or an amount where there is none; none where it is only to be known. */
  readonly goal: number | undefined;
  /** The goal is an amount, though there is a baseline. @default false */
  readonly isAmount?: boolean;
}

/** The report as a table in Markdown. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map(({ what, ours, baseline, unit, goal, isAmount = baseline === undefined }) => {
    const value = baseline === undefined ? ours : ours / baseline;
    const amount = (n: number) => `${n < 10 ? n.toFixed(2) : n.toFixed(0)} ${unit}`;
    const shown = baseline === undefined ? amount(ours) : `${value.toFixed(2)}x`;
    const wanted = (limit: number) => (isAmount ? amount(limit) : `${limit}x`);
    const base = baseline === undefined ? '' : amount(baseline);
    const judged =
      goal === undefined
        ? ' | '
        : `≤ ${wanted(goal)} | ${(isAmount ? ours : value) <= goal ? 'met' : 'missed'}`;
    return `| ${what} | ${amount(ours)} | ${base} | ${shown} | ${judged} |`;
  });
  return ['| measured | bot | baseline | ratio | goal | |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** Time of a process's processor that some work takes, and how long it takes. */
export interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** What `work` costs in this process. */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage();
  const spent = await wallMs(work);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, wallMs: spent };
}

const RESOLUTION_MS = 1;

/** The longest time for which the event loop does nothing else meanwhile, ms. */
export async function stallOf(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await wait(0);
  delays.reset();
  await work();
  await wait(RESOLUTION_MS);
  delays.disable();
  return Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
}

/** How long `work` takes, ms. */
export async function wallMs(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Measures two ways in turn, so that whatever else the machine does hits both; the medians. */
export async function inTurn(
  rounds: number,
  ours: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<{ readonly ours: number; readonly baseline: number }> {
  const samples = { ours: [] as number[], baseline: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    samples.baseline.push(await baseline());
    samples.ours.push(await ours());
  }
  return { ours: median(samples.ours), baseline: median(samples.baseline) };
}
