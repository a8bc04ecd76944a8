import type { Button } from '@slack/types';
import type { TimedEnds } from '../license/active-until.ts';
import type { LicenseLines } from '../license/license-desk.ts';
import { levelOf, type Meter } from '../license/seats.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Suggestions } from './suggestions.ts';

/** The window whose changes a digest tells. */
export interface DigestWindow {
  readonly from: Date;
  readonly to: Date;
}

/** A request that waits for a decision. */
export interface PendingRequest {
  readonly id: string;
  /** What it asks for, as mrkdwn: data of users in code spans only. */
  readonly text: string;
  /** Slack id. */
  readonly requesterId: string;
  /** For where nobody can look up a Slack id. */
  readonly requesterEmail?: string | undefined;
  readonly createdAt: Date;
}

/** An account whose uploads may fail. */
export interface AccountFault {
  readonly user: WallarooUser;
  /** As in "`x` has no email". */
  readonly problem: string;
  readonly remedy: string;
}

/** Workspaces that nobody active owns. */
export interface Ownerless {
  /** Ids, in order. */
  readonly ids: readonly number[];
  readonly names: readonly string[];
  readonly open: Button;
}

/** Something that came to its end in the window, or was done outside Slack. */
export interface Happening {
  readonly at: Date;
  readonly event: string;
  /** Slack id of who did it, or a word for what did. */
  readonly actor: string;
  /** Slack id of who asked, or what they are called. */
  readonly requester?: string | undefined;
  /** The email or username of the user concerned; one at most. */
  readonly labels: readonly string[];
  /** First and last name of that user, where they are known. */
  readonly name?: string | undefined;
  readonly reason?: string | undefined;
  /** Their states, in order. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The outcome, in a sentence of ours. */
  readonly outcome?: string | undefined;
}

/** Everything that a digest says, whatever part of it there is room for. */
export interface Digest {
  readonly window: DigestWindow;
  /** When the rest was true. */
  readonly at: Date;
  readonly idleDays: number;
  readonly meter: Meter;
  readonly license: LicenseLines;
  /** Who takes a seat; on Enterprise, who is active. Idle longest first. */
  readonly holders: readonly WallarooUser[];
  /** When timed activations end, by the id of the user. */
  readonly ends: TimedEnds;
  readonly suggestions: Suggestions;
  /** Oldest first. */
  readonly pending: readonly PendingRequest[];
  /** Newest first; there may be more than were read. */
  readonly happenings: readonly Happening[];
  readonly moreHappened: boolean;
  readonly faults: readonly AccountFault[];
  /** Workspaces without an active owner, as mrkdwn, and the button that lists them; `undefined` where nobody knows. */
  readonly ownerless: Ownerless | undefined;
  /** Where the Keycloak console answers, without `/auth`. */
  readonly authUrl: string;
}

/** Nothing to decide and nothing to know. */
export const isUneventful = (digest: Digest): boolean =>
  digest.happenings.length === 0 &&
  digest.pending.length === 0 &&
  digest.faults.length === 0 &&
  (digest.ownerless?.ids.length ?? 0) === 0 &&
  digest.suggestions.idle.length === 0 &&
  digest.suggestions.never.length === 0 &&
  levelOf(digest.meter) === 'free';
