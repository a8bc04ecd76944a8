import type { WallarooState } from '../sandbox/wallaroo/state.ts';

const MEMBERS = 60;
const OWNERS = 3;
/** Apart by so many users, the members of one team are hardly ever those of the next. */
const APART = 101;

/** Who alone owns some workspaces: who deactivates her is asked about each. */
const SOLE_OWNER = 'mia@ex.co';
const SOLELY_OWNED = 400;

/** So many workspaces of 60 members each and, where there are any, 400 that Mia alone owns. */
export function addTeams(state: WallarooState, many: number): void {
  if (many === 0) return;
  const mia = state.user(SOLE_OWNER).id;
  for (let n = 0; n < SOLELY_OWNED; n += 1) state.addWorkspace(`forecast-${n}`, mia);
  const ids = [...state.users.keys()];
  for (let n = 0; n < many; n += 1) {
    const members = Array.from({ length: MEMBERS }, (_, at) => ids[(n + at * APART) % ids.length] ?? mia);
    const { id } = state.addWorkspace(`team-${n}`, members[0] ?? mia);
    for (const [at, member] of members.entries())
      state.setMember(id, member, at < OWNERS ? 'OWNER' : 'COLLABORATOR');
  }
}
