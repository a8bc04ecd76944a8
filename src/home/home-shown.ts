import type { Button, KnownBlock } from '@slack/types';
import type { LicenseLines } from '../license/license-desk.ts';
import type { FirstRows, Rows } from '../slack/rows.ts';

/** What the platform tells; a sentence instead when it does not answer. */
export type PlatformFacts =
  | {
      readonly answered: true;
      readonly edition: 'community' | 'enterprise';
      readonly license: LicenseLines;
      /** How many hold a seat. */
      readonly taken: number;
      /** Who, idle longest first; only for administrators, and only as many as may be shown. */
      readonly holders: Rows;
    }
  | { readonly answered: false; readonly sentence: string };

export type HomeFacts =
  /** Why they can do nothing, as mrkdwn. */
  | { readonly role: 'outsider'; readonly refusal: string }
  | {
      readonly role: 'member';
      readonly platform: PlatformFacts;
      /** Whether they open it for the first time. */
      readonly isFirst: boolean;
      readonly buttons: readonly Button[];
      /** The viewer's own user; nothing while the platform does not answer. */
      readonly own: readonly KnownBlock[];
      readonly pending: FirstRows;
    }
  | {
      readonly role: 'administrator';
      readonly platform: PlatformFacts;
      /** Whether they open it for the first time. */
      readonly isFirst: boolean;
      readonly buttons: readonly Button[];
      /** The viewer's own user; nothing while the platform does not answer. */
      readonly own: readonly KnownBlock[];
      readonly pending: FirstRows;
      readonly idle: FirstRows;
      readonly recent: Rows;
    };
