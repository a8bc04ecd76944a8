import * as z from 'zod';
import { personKeys } from '../../access/person-keys.ts';
import type { ChangeRow } from '../../db/tables/change-table.ts';
import { CHANGE_ORIGINS, CHANGE_STATES, type Change } from '../change.ts';
import { shownSchema } from '../shown/shown.ts';
import { CHANGE_KINDS, stepSchema } from '../steps/step.ts';
import { requestKey } from '../steps/steps-of.ts';

/** JSON text that holds `shape`. */
const json = <T extends z.ZodType>(shape: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);

const storedSteps = json(z.array(stepSchema).min(1).readonly());

const failureShape = z.object({ code: z.string(), sentence: z.string(), changeId: z.string().optional() });

/** What a newer version of the bot may write otherwise than this one knows. */
const structured = z.object({
  kind: z.enum(CHANGE_KINDS),
  origin: z.enum(CHANGE_ORIGINS),
  state: z.enum(CHANGE_STATES),
  steps: storedSteps,
  snapshot: json(
    z.object({
      taken: z.number(),
      after: z.number(),
      seats: z.number().optional(),
      warnAt: z.number().optional(),
      leftOpen: z.boolean().optional(),
    }),
  ),
  failure: json(failureShape).nullable(),
  lastFault: json(failureShape.extend({ writes: z.number().optional() })).nullable(),
  requesterKeys: json(z.array(z.string()).readonly()).nullable(),
  shown: json(shownSchema).nullable().catch(null),
  amenderKeys: json(z.array(z.string()).readonly()).nullable(),
});

const ms = (at: Date | undefined): number | null => at?.getTime() ?? null;
const date = (at: number | null): Date | undefined => (at === null ? undefined : new Date(at));

export function toRow(change: Change): ChangeRow {
  return {
    id: change.id,
    kind: change.kind,
    origin: change.origin,
    state: change.state,
    revision: change.revision,
    steps: stepsText(change.steps),
    twinKey: requestKey(change.kind, change.steps),
    snapshot: JSON.stringify(change.seatsShown),
    shown: change.shown === undefined ? null : JSON.stringify(change.shown),
    reason: change.reason,
    requesterId: change.requesterId,
    requesterEmail: change.requesterEmail ?? null,
    requesterKeys: JSON.stringify(change.requesterKeys),
    amendedBy: change.amendedBy ?? null,
    amenderKeys: change.amenderKeys === undefined ? null : JSON.stringify(change.amenderKeys),
    decidedBy: change.decidedBy ?? null,
    decidedAt: ms(change.decidedAt),
    decisionReason: change.decisionReason ?? null,
    createdAt: change.createdAt.getTime(),
    expiresAt: ms(change.expiresAt),
    notBefore: ms(change.notBefore),
    attempts: change.attempts,
    leaseOwner: change.leaseOwner ?? null,
    leaseUntil: ms(change.leaseUntil),
    seatReserved: change.seatReserved ? 1 : 0,
    appliedAt: ms(change.appliedAt),
    failure: change.failure === undefined ? null : JSON.stringify(change.failure),
    lastFault: change.lastFault === undefined ? null : JSON.stringify(change.lastFault),
    durationMs: change.durationMs ?? null,
    endsAt: ms(change.endsAt),
    noticeAt: ms(change.newsAt),
    parentId: change.parentId ?? null,
    undone: change.undone ? 1 : 0,
  };
}

/** The steps as JSON. Throws for what could not be read again: it would stay there forever, and nobody would know. */
function stepsText(steps: Change['steps']): string {
  const text = JSON.stringify(steps);
  storedSteps.parse(text);
  return text;
}

/**
 * The change of a row. `undefined` when a newer version of the bot, beside this one on the same database, wrote
 * what this one does not know: then that one takes care of it.
 */
export function fromRow(row: ChangeRow): Change | undefined {
  const parsed = structured.safeParse(row);
  if (!parsed.success) return undefined;
  const { kind, origin, state, steps, snapshot, failure, lastFault, requesterKeys, shown, amenderKeys } =
    parsed.data;
  return {
    id: row.id,
    kind,
    origin,
    state,
    revision: row.revision,
    steps,
    seatsShown: snapshot,
    ...(shown === null ? {} : { shown }),
    reason: row.reason,
    requesterId: row.requesterId,
    requesterEmail: row.requesterEmail ?? undefined,
    requesterKeys: requesterKeys ?? accountKeys(row),
    ...(row.amendedBy === null ? {} : { amendedBy: row.amendedBy }),
    ...(amenderKeys === null ? {} : { amenderKeys }),
    decidedBy: row.decidedBy ?? undefined,
    decidedAt: date(row.decidedAt),
    decisionReason: row.decisionReason ?? undefined,
    createdAt: new Date(row.createdAt),
    expiresAt: date(row.expiresAt),
    notBefore: date(row.notBefore),
    attempts: row.attempts,
    leaseOwner: row.leaseOwner ?? undefined,
    leaseUntil: date(row.leaseUntil),
    seatReserved: row.seatReserved === 1,
    appliedAt: date(row.appliedAt),
    failure: failure ?? undefined,
    lastFault: lastFault ?? undefined,
    durationMs: row.durationMs ?? undefined,
    endsAt: date(row.endsAt),
    newsAt: date(row.noticeAt),
    parentId: row.parentId ?? undefined,
    undone: row.undone === 1,
  };
}

/** Of a row of a version that kept no keys. */
const accountKeys = ({ requesterId, requesterEmail }: ChangeRow): readonly string[] =>
  personKeys({ ids: [requesterId], email: requesterEmail ?? undefined });

/** The changes of those rows that this version understands. */
export const fromRows = (rows: readonly ChangeRow[]): readonly Change[] =>
  rows.map(fromRow).filter((change) => change !== undefined);
