import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Db } from '../db/tables.ts';
import { forEachAtOnce } from '../jobs/at-once.ts';
import type { Message } from '../slack/blocks.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import { failureLevel, isLost, redeliveryDelayMs } from '../slack/delivery.ts';
import { withRewritableText } from '../slack/spoken.ts';
import { type Claim, ClaimLost, takeClaim } from './claim.ts';
import type { Drawing, Posted, PostFaultPoint, PostKind, PostRow } from './post.ts';

const A_BATCH = 50;
/** So that one message that Slack answers slowly does not hold up the others. */
const AT_ONCE = 4;

export interface PostParts {
  readonly db: Db;
  /** Without repetitions of its own: the next pass is the repetition. */
  readonly client: WebClient;
  readonly log: Logger;
  readonly now: () => Date;
  /** The clock that all replicas share. */
  readonly leaseNow: () => Date;
  /** Unique to each claim. */
  readonly newId: () => string;
  readonly faultPoint: (point: PostFaultPoint) => Promise<void>;
}

/**
 * Brings every message of a kind up to date with its row: posts what is not posted, rewrites what is out of date. Run as
 * often as one likes, by as many replicas: each row is claimed, the claim is proven right before Slack is called, and
 * nothing is recorded without it. Slack being down only delays it. A crash between Slack's taking a first post and our
 * recording it leaves that post behind. Calls `alive` after each row.
 */
export async function keepPosts<Row extends PostRow>(
  parts: PostParts,
  kind: PostKind<Row>,
  alive: () => void = () => undefined,
): Promise<void> {
  while (true) {
    const rows = await kind.due(parts.leaseNow(), A_BATCH);
    await forEachAtOnce(rows, AT_ONCE, async (row) => {
      await keepPost(parts, kind, row);
      alive();
    });
    if (rows.length < A_BATCH) return;
  }
}

async function keepPost<Row extends PostRow>(parts: PostParts, kind: PostKind<Row>, row: Row): Promise<void> {
  const error = await showPost(parts, kind, row);
  if (error === undefined) return;
  await putOff(parts, kind, error);
}

interface Failed<Row extends PostRow> {
  readonly claim: Claim<Row>;
  readonly error: unknown;
  /** Failures before this one. */
  readonly attempts: number;
}

/**
 * Brings one message up to date. `undefined` when it is, or when another process has the row; a failure otherwise,
 * whose row stays claimed.
 */
export async function showPost<Row extends PostRow>(
  parts: PostParts,
  kind: PostKind<Row>,
  row: Row,
): Promise<Failed<Row> | undefined> {
  const claim = await takeClaim(parts.db, {
    place: kind.placeOf(row),
    row,
    terms: { ...parts, claimMs: kind.claimMs },
  });
  if (claim === undefined) return undefined;
  try {
    const drawing = await kind.draw(claim.row);
    if (drawing === undefined) await claim.release({});
    else await show(parts, claim, { kind, drawing, shownBefore: row.shown });
    return undefined;
  } catch (error) {
    if (error instanceof ClaimLost) return undefined;
    return { claim, error, attempts: row.attempts };
  }
}

interface Showing<Row extends PostRow> {
  readonly kind: PostKind<Row>;
  readonly drawing: Drawing<Row>;
  /** What the message showed before it was claimed. */
  readonly shownBefore: string | null;
}

async function show<Row extends PostRow>(
  parts: PostParts,
  claim: Claim<Row>,
  { kind, drawing, shownBefore }: Showing<Row>,
): Promise<void> {
  const { face, firstFace = face, along = {}, revision, follow } = drawing;
  const destination = drawing.destination ?? kind.destinationOf(claim.row);
  const done = { ...along, shownRevision: revision } as Partial<Row>;
  if (face === undefined || firstFace === undefined) return claim.finish(done);
  const shown = hashOf(face);
  const { channel, ts } = claim.row;
  const stands = channel !== null && ts !== null ? { channel, ts } : undefined;
  const posted = stands ?? (await post(parts, claim, { kind, destination, message: firstFace, along }));
  const shows = stands === undefined ? hashOf(firstFace) : shownBefore;
  if (shows !== shown) await update(parts, claim, posted, face);
  await claim.record({ shown } as Partial<Row>);
  await follow?.(claim, posted);
  await claim.finish(done);
}

interface FirstPost<Row extends PostRow> {
  readonly kind: PostKind<Row>;
  /** A channel's id, or a person's. */
  readonly destination: string;
  readonly message: Message;
  readonly along: Partial<Row>;
}

async function post<Row extends PostRow>(
  { client, faultPoint, log }: PostParts,
  claim: Claim<Row>,
  { kind, destination, message, along }: FirstPost<Row>,
): Promise<Posted> {
  await faultPoint('before_post');
  await claim.prove();
  const { channel, ts } = await client.chat.postMessage({
    channel: destination,
    ...toPost(message),
  });
  await faultPoint('after_post');
  if (channel === undefined || ts === undefined)
    throw new Error('chat.postMessage answered without channel or ts');
  try {
    await claim.record({ ...along, channel, ts } as Partial<Row>);
  } catch (error) {
    // Another process has posted it meanwhile, and keeps its own message true: ours would stay as it is forever.
    if (error instanceof ClaimLost)
      await client.chat
        .delete({ channel, ts })
        .catch((cause: unknown) =>
          log.warn({ err: cause, channel, ts }, `a second ${kind.name} stays behind`),
        );
    throw error;
  }
  return { channel, ts };
}

async function update<Row extends PostRow>(
  { client, faultPoint }: PostParts,
  claim: Claim<Row>,
  posted: Posted,
  face: Message,
): Promise<void> {
  await faultPoint('before_update');
  await claim.prove();
  await client.chat.update({ ...posted, ...toPost(face) });
  await faultPoint('after_update');
}

/** Decides when to retry a message, or to give it up. */
async function putOff<Row extends PostRow>(
  { log, leaseNow }: PostParts,
  kind: PostKind<Row>,
  { claim, error, attempts }: Failed<Row>,
): Promise<void> {
  const { row } = claim;
  const slackError = slackErrorOf(error);
  const facts = { err: error, ...kind.factsOf(row), slackError };
  const said = (await kind.onUndelivered?.({ row, error, slackError, now: leaseNow() })) ?? 'retry';
  const verdict = said === 'retry' && isLost(error) ? 'give_up' : said;
  let delayMs = 0;
  let done = {};
  if (verdict === 'post_again') {
    log.warn(facts, `can no longer reach a ${kind.name}: posting another`);
    done = { ts: null, shown: null };
  } else if (verdict === 'give_up') {
    log.warn(facts, `can no longer reach a ${kind.name}`);
    done = { gone: 1 };
  } else {
    delayMs = redeliveryDelayMs(error, attempts);
    log[failureLevel(error, attempts)](
      { ...facts, delayMs },
      `could not update a ${kind.name}: trying again later`,
    );
  }
  await claim.release(done, delayMs).catch((lost: unknown) => {
    if (!(lost instanceof ClaimLost)) throw lost;
  });
}

const hashOf = (face: Message): string =>
  createHash('sha256').update(JSON.stringify(face)).digest('base64url');

/** A message as `chat.postMessage` and `chat.update` take it. */
export function toPost(message: Message) {
  const { text, blocks } = withRewritableText(message);
  return { text, blocks: [...blocks] };
}
