import { code } from './mrkdwn.ts';

/** Characters of a state. */
const MOST = 200;

/** A state of the trail as mrkdwn: it may name a workspace, which people have named, and no markup may come of it. */
export const stateText = (state = '–'): string => (/^[\p{L}, –]*$/u.test(state) ? state : code(state, MOST));
