import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { WorkspaceViewer } from '../access/workspace-rules.ts';
import type { Db } from '../db/tables.ts';
import type { TimedEnds } from '../license/active-until.ts';
import { type LicenseRules, readMeter } from '../license/license-desk.ts';
import { seatsLine } from '../license/license-views.ts';
import type { Actor } from '../slack/actor.ts';
import type { Message } from '../slack/blocks.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { ActionArrival, Interaction } from '../slack/interaction.ts';
import type { KnownNames } from '../texts/take-who.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { orIfDown } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Workspace } from '../wallaroo/workspace.ts';
import { resultView, samePendingView } from './announce/result-views.ts';
import { hasApprover } from './beneficiary-facts.ts';
import { type Change, isFinal } from './change.ts';
import type { Decider } from './change-event.ts';
import type { Asked, ChangeService } from './change-service.ts';
import { endsAgain } from './change-texts.ts';
import type { ConfirmDesk } from './confirm/confirm-facts.ts';
import { onlyMemberships } from './steps/membership-step.ts';
import { redrawCard } from './store/card-store.ts';

/** What a search by `<who>` came to. */
export type Resolution =
  | { readonly kind: 'one'; readonly user: WallarooUser }
  | { readonly kind: 'several'; readonly users: readonly WallarooUser[]; readonly typed: string }
  | { readonly kind: 'none'; readonly nearest: readonly WallarooUser[]; readonly typed: string };

/** What looking for somebody's own user came to. */
export type OwnUser =
  | { readonly kind: 'one'; readonly user: WallarooUser }
  | { readonly kind: 'none' | 'several' | 'no_email' };

/** Draws the users that may have been meant as buttons, each with this action id and value. */
export type DrawOffer = (
  found: Exclude<Resolution, { kind: 'one' }>,
  offer: {
    readonly actionId: string;
    readonly valueFor: (user: WallarooUser) => string;
    readonly ends: TimedEnds;
  },
) => readonly KnownBlock[];

/** What the handlers of this feature work with. */
export interface ChangesHandlerParts {
  readonly dispatcher: Dispatcher;
  readonly service: ChangeService;
  readonly desk: ConfirmDesk;
  readonly db: Db;
  readonly wallaroo: WallarooClient;
  readonly rules: LicenseRules;
  readonly approvalsChannel: string;
  readonly now: () => Date;
  readonly newId: () => string;
  /** The user meant by a `<who>`; `me` is the caller. */
  readonly resolve: (typed: string, caller: Pick<Actor, 'email'>) => Promise<Resolution>;
  /** Users to choose from while a `<who>` is typed. */
  readonly search: (typed: string, caller: Pick<Actor, 'email'>) => Promise<readonly WallarooUser[]>;
  /** What is known of the users, to tell where a typed name ends. */
  readonly knownNames: () => Promise<KnownNames>;
  /** The user whose email is exactly that of somebody in Slack. */
  readonly ownUser: (email: string | undefined) => Promise<OwnUser>;
  readonly offer: DrawOffer;
  /** Shows the card of a workspace to who acts. */
  readonly showWorkspace: (interaction: Interaction, workspaceId: number) => Promise<void>;
  /** The card of a user, for who acts. */
  readonly userCard: (interaction: Interaction, userId: string) => Promise<Message>;
  /** A page of the users of these ids, each with a menu, for who acts; `turn` makes a button that turns to another page. */
  readonly listUsers: (
    interaction: Interaction,
    userIds: readonly string[],
    view: {
      readonly title: string;
      readonly page: number;
      readonly turn: (text: string, suffix: string, to: number) => Button;
    },
  ) => Promise<Message>;
  /** Whether an administrator other than `userId`, and those known by the keys `barred`, could decide. True in doubt. */
  readonly hasOtherAdministrator: (userId: string, barred: readonly string[]) => Promise<boolean>;
  /** Who somebody is for what they see of workspaces. */
  readonly workspaceViewer: (actor: Actor, workspaces: readonly Workspace[]) => Promise<WorkspaceViewer>;
  /** Something changed that cards have to show: look now rather than at the next pass. */
  readonly kick: () => void;
}

/** Who acts, for what they may decide. */
export const deciderOf = ({ actor }: Interaction): Decider => ({
  administrator: actor.role === 'administrator',
  personKeys: actor.personKeys,
});

/** Whether anybody but who acts could decide about such steps: another administrator, or an owner of the workspaces. True in doubt. */
export const hasDecider = async (
  parts: ChangesHandlerParts,
  { userId, personKeys }: Actor,
  steps: Change['steps'],
): Promise<boolean> =>
  (await hasApprover(parts, userId, { steps })) || (await parts.service.hasOwnerToAsk(personKeys, steps));

export const isAdministrator = ({ actor }: Interaction): boolean => actor.role === 'administrator';

/** The license in one line; `undefined` where it cannot be read, as that must not hide an outcome, and on Enterprise. */
const licenseNow = ({ wallaroo, rules }: ChangesHandlerParts): Promise<string | undefined> =>
  wallaroo.listUsers().then((users) => seatsLine(readMeter(rules, users)), orIfDown(undefined));

/** What a change means for the seats, in one line. */
const seatsNow = (parts: ChangesHandlerParts, { steps }: Change): Promise<string | undefined> | string =>
  onlyMemberships(steps).length > 0 ? 'A membership takes no seat of the license.' : licenseNow(parts);

/** What came of a change, drawn for the person who acted. */
export async function showResult(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  title: string,
  change: Change,
): Promise<ModalView> {
  // Only what has ended has buttons for those who decide; Wallaroo being down must not hide an outcome.
  const administrator =
    isFinal(change.state) &&
    (await parts.service.decides(deciderOf(interaction), change.steps).catch(orIfDown(false)));
  const license = change.state === 'applied' ? await seatsNow(parts, change) : undefined;
  const { approvalsChannel, now } = parts;
  const stands = endsAgain(change, change.parentId === undefined ? new Map() : await parts.desk.ends());
  return resultView(title, { change, administrator, license, stands, approvalsChannel, now: now() });
}

/** What came of asking, for the person who asked. */
export const showAsked = (
  parts: ChangesHandlerParts,
  interaction: Interaction,
  title: string,
  { result, change }: Asked,
): Promise<ModalView> | ModalView =>
  result === 'same_pending'
    ? samePendingView(title, change, parts.approvalsChannel)
    : showResult(parts, interaction, title, change);

/** Somebody pressed on a card: it is drawn again, in case it was out of date. */
export async function refreshPressedCard(
  parts: ChangesHandlerParts,
  { message }: ActionArrival,
): Promise<void> {
  if (message === undefined) return;
  await redrawCard(parts.db, message.channelId, message.ts);
  parts.kick();
}
