import type { Platform } from './platform.ts';

/** Seats taken and allowed; `limit` null: no limit. Deactivated users take none (contract §8). */
export function seatsOf({ state, switches }: Pick<Platform, 'state' | 'switches'>): {
  taken: number;
  limit: number | null;
} {
  const holders = [...state.users.values()].filter(
    (user) => user.enabled && !user.serviceAccount && (switches.adminTakesSeat || user.username !== 'admin'),
  );
  return { taken: holders.length, limit: state.seats };
}
