import type { Access } from '../access/access-service.ts';
import type { Directory } from '../audit/names-service.ts';
import { valueWithin } from '../jobs/time-limit.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { orIfDown } from '../wallaroo/errors.ts';

/** How long the trail waits for the names of users, ms: it can be read without. */
const PATIENCE_MS = 3000;

/** The names behind the trail's ids: those of users as Wallaroo told them last where it does not answer. */
export const trailDirectory = ({
  access,
  wallaroo,
}: {
  readonly access: Pick<Access, 'nameOf'>;
  readonly wallaroo: Pick<WallarooClient, 'lastUsers' | 'listUsers'>;
}): Directory => ({
  listUsers: async () => {
    const read = () => wallaroo.listUsers({ evenIfCut: true }).catch(orIfDown(undefined));
    return (await valueWithin(PATIENCE_MS, read)) ?? wallaroo.lastUsers()?.users ?? [];
  },
  nameOf: access.nameOf,
});
