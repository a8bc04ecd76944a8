import type { Db } from '../../db/tables.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import { type Change, isRequestOf } from '../change.ts';
import type { ChangeService, Decider } from '../change-service.ts';
import { pendingChanges } from '../store/change-store.ts';
import { type RequestViewer, requestRow } from './request-list-views.ts';

export interface RequestsParts {
  readonly db: Db;
  readonly service: Pick<ChangeService, 'decides'>;
}

/** The pending requests that somebody sees, oldest first: everybody's, or their own and those that they decide as an owner. */
export async function requestsFor(
  { db, service }: RequestsParts,
  viewer: Decider,
): Promise<{ readonly changes: readonly Change[]; readonly viewer: RequestViewer }> {
  const all = await pendingChanges(db);
  if (viewer.administrator) return { changes: all, viewer };
  const decided = await Promise.all(
    all.map(async ({ id, steps }) => ((await service.decides(viewer, steps).catch(inDoubtNot)) ? [id] : [])),
  );
  const asOwner = new Set(decided.flat());
  const changes = all.filter((change) => asOwner.has(change.id) || isRequestOf(change, viewer.personKeys));
  return { changes, viewer: { ...viewer, asOwner } };
}

/** The same as rows, each as the blocks that belong together. `origin` tells presses from different places apart. */
export async function requestRows(parts: RequestsParts, viewer: Decider, origin: string) {
  const found = await requestsFor(parts, viewer);
  const rows = found.changes.map((change) => requestRow(change, found.viewer, origin));
  return { total: rows.length, rows };
}

/** Wallaroo being down keeps nobody from their own requests. */
function inDoubtNot(error: unknown): false {
  if (error instanceof WallarooError) return false;
  throw error;
}
