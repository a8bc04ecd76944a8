import { accountProbes } from './account-probes.ts';
import { readProbes } from './read-probes.ts';
import type { Scene } from './scene.ts';
import { tokenProbes } from './token-probes.ts';
import { writeProbes } from './write-probes.ts';

/** An answer of Keycloak without what differs from run to run. */
export interface RecordedAnswer {
  readonly status: number;
  /** Missing when the answer has none. */
  readonly body?: unknown;
}

export type Recording = Readonly<Record<string, RecordedAnswer>>;

const variable: readonly (readonly [RegExp, string])[] = [
  [/^[\w-]+\.[\w-]+\.[\w-]+$/, '<token>'],
  [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '<id>'],
  // 26 no longer makes UUIDs of its sessions.
  [/^[\w-]{24}$/, '<id>'],
  [/line \d+ column \d+/, 'line <n> column <n>'],
  // Jackson's own words on where in the text it found the fault.
  [/ \(class .*/s, ''],
];

/** The body with tokens, ids, times and places in texts blotted out. */
function steady(key: string, value: unknown): unknown {
  if (key === 'createdTimestamp') return typeof value === 'number' ? '<ms>' : value;
  // A second may go by between the token's beginning and the answer.
  if (key.endsWith('expires_in') && typeof value === 'number') return Math.round(value / 10) * 10;
  // Their order changes from start to start.
  if (key === 'scope' && typeof value === 'string') return value.split(' ').sort().join(' ');
  if (typeof value === 'string')
    return variable.reduce((text, [pattern, instead]) => text.replace(pattern, instead), value);
  if (Array.isArray(value)) return value.map((one) => steady('', one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, steady(name, one)]));
}

const probes = { ...tokenProbes, ...readProbes, ...writeProbes, ...accountProbes };

/** Asks all that there is to ask, one after the other, as some of it changes users for a moment. */
export async function record(scene: Scene): Promise<Recording> {
  const recording: Record<string, RecordedAnswer> = {};
  for (const [name, probe] of Object.entries(probes)) {
    const { status, body } = await probe(scene);
    recording[name] = body === undefined ? { status } : { status, body: steady('', body) };
  }
  return recording;
}
