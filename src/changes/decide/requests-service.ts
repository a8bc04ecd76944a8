import { sharesKey } from '../../access/person-keys.ts';
import type { Db } from '../../db/tables.ts';
import { valueWithin } from '../../jobs/time-limit.ts';
import { once } from '../../once.ts';
import { orIfDown } from '../../wallaroo/errors.ts';
import { type Change, isRequestOf } from '../change.ts';
import type { Decider } from '../change-event.ts';
import type { ChangeService } from '../change-service.ts';
import { onlyMemberships } from '../steps/membership-step.ts';
import { pendingChanges } from '../store/change-store.ts';
import { type RequestViewer, requestRow } from './request-list-views.ts';

export interface RequestsParts {
  readonly db: Db;
  readonly service: Pick<ChangeService, 'ownerKeys'>;
}

/** How long somebody waits to see what they decide as an owner, ms: their own requests matter more. */
const PATIENCE_MS = 3000;

interface Requests {
  readonly changes: readonly Change[];
  readonly viewer: RequestViewer;
}

/**
 * The pending requests that somebody sees, oldest first: everybody's, or their own and those that they decide as an owner. For
 * several people at once: requests and owners are read once, when they are needed first. Wallaroo being down keeps nobody
 * from their own requests.
 */
export function requestsReader({ db, service }: RequestsParts): (viewer: Decider) => Promise<Requests> {
  const pending = once(() => pendingChanges(db));
  const owners = new Map<string, Promise<readonly string[]>>();
  const ownersOf = ({ steps }: Change): Promise<readonly string[]> => {
    const about = onlyMemberships(steps)
      .map(({ workspaceId }) => workspaceId)
      .join();
    const read = async () =>
      (await valueWithin(PATIENCE_MS, () => service.ownerKeys(steps).catch(orIfDown([])))) ?? [];
    const found = owners.get(about) ?? read();
    owners.set(about, found);
    return found;
  };
  return async (viewer) => {
    const all = await pending();
    if (viewer.administrator) return { changes: all, viewer };
    const decided = await Promise.all(
      all.map(async (change) => (sharesKey(viewer.personKeys, await ownersOf(change)) ? [change.id] : [])),
    );
    const asOwner = new Set(decided.flat());
    const changes = all.filter((change) => asOwner.has(change.id) || isRequestOf(change, viewer.personKeys));
    return { changes, viewer: { ...viewer, asOwner } };
  };
}

/** The same as rows, each as the blocks that belong together. `origin` tells presses from different places apart. */
export function requestRows(parts: RequestsParts, origin: string) {
  const read = requestsReader(parts);
  return async (viewer: Decider) => {
    const found = await read(viewer);
    const rows = found.changes.map((change) => requestRow(change, found.viewer, origin));
    return { total: rows.length, rows };
  };
}
