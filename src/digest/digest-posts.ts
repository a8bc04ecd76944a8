import type { Drawing, PostKind } from '../posts/post.ts';
import { type Digest, isUneventful } from './digest.ts';
import { computeDigest, essenceHash } from './digest-facts.ts';
import type { DigestParts } from './digest-parts.ts';
import { type DigestRun, lastTold, outdatedRuns, untoldRun } from './digest-store.ts';
import { digestMessage } from './digest-views.ts';
import { CATCH_UP_MS } from './slots.ts';

/** Longer than reading the instance and posting take together. */
const CLAIM_MS = 60_000;

/** Digests, as messages that stay true: posted at their slot, then rewritten where something is not true any more. */
export const digestPosts = (parts: DigestParts): PostKind<DigestRun> => ({
  name: 'digest',
  claimMs: CLAIM_MS,
  placeOf: ({ kind, channel, slot }) => ({ table: 'digestRun', key: { kind, channel, slot } }),
  destinationOf: ({ channel }) => channel,
  factsOf: ({ slot, ts }) => ({ slot: new Date(slot), ts }),
  due: async (now, most) => {
    const notOlderThan = new Date(now.getTime() - CATCH_UP_MS);
    const untold =
      parts.cron === '' ? undefined : await untoldRun(parts.db, parts.channel, { now, notOlderThan });
    const outdated = await outdatedRuns(parts.db, now, most - 1);
    return untold === undefined ? outdated : [untold, ...outdated];
  },
  draw: (run) => draw(parts, run),
});

async function draw(parts: DigestParts, run: DigestRun): Promise<Drawing<DigestRun>> {
  const window = { from: new Date(run.windowFrom), to: new Date(run.windowTo) };
  const digest = await computeDigest(parts, window);
  const { revision } = run;
  if (run.done === 1) return { revision, face: digestMessage(digest) };
  const essence = await essenceHash(digest);
  const along = { done: 1, essence };
  if (run.kind === 'scheduled' && !parts.whenUnchanged && (await saysNothingNew(parts, digest, essence))) {
    parts.log.info({ slot: new Date(run.slot) }, 'digest left out: nothing new to say');
    return { revision, along };
  }
  return { revision, face: digestMessage(digest), along };
}

async function saysNothingNew(parts: DigestParts, digest: Digest, essence: string): Promise<boolean> {
  if (digest.happenings.length > 0) return false;
  const last = await lastTold(parts.db, parts.channel, digest.window.to);
  return isUneventful(digest) || last?.essence === essence;
}
