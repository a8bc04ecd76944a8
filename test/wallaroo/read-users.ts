import type { KnownUsers } from '../../src/wallaroo/known-users.ts';
import { atOnce } from '../../src/work.ts';

const call = { method: 'POST', path: '/v1/api/users/query' };

/** What `known` reads in an answer for all users. */
export const readUsers = (known: KnownUsers, users: object) =>
  atOnce(known.read(call, Buffer.from(JSON.stringify({ users }))));
