import type { LicenseWarningRow } from '../db/tables/watch-tables.ts';
import type { Db } from '../db/tables.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import type { PostKind } from '../posts/post.ts';
import { outdatedWarnings, warningOf } from './warning-store.ts';
import { warningMessage } from './warning-views.ts';

/** Longer than a call of Slack may take. */
const CLAIM_MS = 30_000;

/** License warnings, as messages that stay true: each posted once, then rewritten as seats are taken and come free. */
export const warningPosts = (db: Db, rules: LicenseRules): PostKind<LicenseWarningRow> => ({
  name: 'license warning',
  claimMs: CLAIM_MS,
  placeOf: ({ id }) => ({ table: 'licenseWarning', key: { id } }),
  destinationOf: ({ channel }) => channel,
  factsOf: ({ id }) => ({ warning: id }),
  due: (now, most) => outdatedWarnings(db, now, most),
  draw: async (row) => {
    const warning = warningOf(row);
    // Overtaken before Slack took it: the later warning says it.
    if (row.ts === null && warning.state === 'superseded') return { revision: row.revision };
    return { revision: row.revision, face: warningMessage(warning, rules.administrators) };
  },
});
