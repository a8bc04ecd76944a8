import type { KnownBlock, ModalView } from '@slack/types';
import { forecastText, seatsLine } from '../../license/license-views.ts';
import { labelOf, userLine } from '../../license/user-text.ts';
import { context, divider, lineSections, plain, section } from '../../slack/blocks.ts';
import type { FormValues } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { code, dateTime, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { requestText, withReason } from '../announce/headline-views.ts';
import type { Change } from '../change.ts';
import { lastingText } from '../change-texts.ts';
import { ids } from '../changes-ids.ts';
import type { OwnedWorkspace, ShownUser } from '../shown/shown.ts';
import { allTaken, type ConfirmFacts, type Subject, whySwap } from './confirmation.ts';
import { endingBlocks } from './ending-views.ts';
import { handOverBlocks } from './hand-over-views.ts';
import { leaverBlocks, reasonBlock } from './input-views.ts';
import { leaverFactBlocks } from './leaver-views.ts';
import { leavingText } from './leaving-text.ts';
import { refusedText } from './refused-text.ts';
import { severalBlocks } from './several-views.ts';

const MOST_WORKSPACES = 10;
/** Characters of what has to be looked at before a request is approved: a sentence for each who is concerned. */
const MOST_BANNER = 9000;

export interface Confirmation {
  readonly kind: 'activate' | 'deactivate' | 'swap';
  readonly facts: ConfirmFacts;
  readonly administrator: boolean;
  /** `direct`: done at once; `request`: somebody else decides; or the pending request that is being approved. */
  readonly purpose: 'direct' | 'request' | Change;
  readonly reason: string;
  /** When the activation ends, as typed. */
  readonly ending: string | undefined;
  /** What was typed and could not be understood, in sentences. */
  readonly notes?: readonly string[];
  readonly metadata: string;
  /** The label of the button that submits, where it is not the kind's own. */
  readonly submit?: string;
  /** The title, where it is not the kind's own. */
  readonly title?: string;
  /** Said on top, e.g. that the last seat has just gone. */
  readonly banner?: string | undefined;
  /** What stood in the form before it was drawn again. */
  readonly filled?: FormValues | undefined;
}

export const TITLES = {
  activate: 'Activate user',
  deactivate: 'Deactivate user',
  swap: 'Swap users',
} as const;

const APPROVE_TITLE = 'Approve request';
const SUBMITS = { activate: 'Activate', deactivate: 'Deactivate', swap: 'Swap' } as const;

/** The modal before a change: whom it concerns, what it does to the license, what it ends, and why. */
export function confirmView(confirmation: Confirmation): ModalView {
  const { kind, facts, purpose } = confirmation;
  const approving = typeof purpose === 'object';
  const deadEnd = facts.needsSwap && facts.candidates.length === 0;
  const refused = facts.refusal !== undefined || deadEnd;
  const blocks: readonly (KnownBlock | undefined)[] = [
    ...(confirmation.banner === undefined ? [] : lineSections(confirmation.banner.split('\n'), MOST_BANNER)),
    ...(approving ? requestBlocks(purpose) : []),
    ...usersPart(facts, refused),
    ...licensePart(confirmation, refused),
    facts.refusal === undefined ? undefined : section(`${refusedText(facts.refusal)} :no_entry:`),
    deadEnd ? section(nobodyToSwap(facts)) : undefined,
    ...(refused ? [] : inputs(confirmation)),
  ];
  const shown = blocks.filter((block) => block !== undefined);
  const title = approving ? APPROVE_TITLE : (confirmation.title ?? TITLES[kind]);
  if (refused) return notice(title, shown);
  return {
    type: 'modal',
    callback_id: approving
      ? ids.approveForm
      : facts.leftOut === undefined
        ? ids.confirmForm
        : ids.severalForm,
    private_metadata: confirmation.metadata,
    title: plain(title, 24),
    submit: plain(purpose === 'request' ? 'Send request' : (confirmation.submit ?? SUBMITS[kind]), 24),
    close: plain('Cancel', 24),
    blocks: shown,
  };
}

function requestBlocks(change: Change): readonly KnownBlock[] {
  return [
    ...withReason(requestText(change), change),
    context(`asked ${dateTime(change.createdAt)}`),
    divider,
  ];
}

const usersPart = (facts: ConfirmFacts, refused: boolean): readonly KnownBlock[] =>
  facts.leftOut === undefined
    ? facts.subjects.flatMap((subject, at) =>
        subjectBlocks(subject, facts, { shown: facts.shown.users[at], refused }),
      )
    : severalBlocks(facts);

function subjectBlocks(
  { user, enabled }: Subject,
  { leaving }: ConfirmFacts,
  { shown, refused }: { readonly shown: ShownUser | undefined; readonly refused: boolean },
): readonly KnownBlock[] {
  const title = section(`*${enabled ? 'Activate' : 'Deactivate'}* ${code(labelOf(user))}`);
  const line = context(userLine(user, shown?.endsAt));
  return enabled || refused
    ? [title, line]
    : [title, line, section(ownedLines(shown?.owned)), context(`Deactivating ${leavingText(leaving)}`)];
}

/** The workspaces that somebody who leaves owns. A default one is theirs alone: that nobody else owns it is no alarm. */
function ownedLines(owned: readonly OwnedWorkspace[] | undefined): string {
  if (owned === undefined) return 'Workspaces they own: they could not be read.';
  if (owned.length === 0) return 'Workspaces they own: none.';
  const lines = owned
    .slice(0, MOST_WORKSPACES)
    .map(
      ({ name, otherOwners, isDefault }) =>
        `• ${code(name)}${isDefault ? ' – their default workspace' : otherOwners === 0 ? ' – *no other active OWNER is left*' : ''}`,
    );
  const rest = owned.length - MOST_WORKSPACES;
  return `Workspaces they own (OWNER):\n${lines.join('\n')}${rest > 0 ? `\n… and ${rest} more` : ''}`;
}

/** What it does to the license, in one line; how the license stands where it does nothing. */
function licensePart({ facts }: Confirmation, refused: boolean): readonly KnownBlock[] {
  const { before, after, needsSwap } = facts;
  const line = needsSwap || refused ? seatsLine(before) : forecastText(before, after);
  if (line === undefined) return [];
  return [section(needsSwap && !allTaken(before) ? `${line}, but Wallaroo takes no more` : line)];
}

function inputs(confirmation: Confirmation): readonly KnownBlock[] {
  const { kind, facts, purpose, reason, ending, filled, notes = [] } = confirmation;
  const approving = typeof purpose === 'object';
  const timeable = kind !== 'deactivate' && !approving;
  const mayLeaveOpen = purpose === 'request' && !confirmation.administrator;
  const asking = { mayLeaveOpen, ends: facts.ends, filled };
  return [
    ...(facts.needsSwap
      ? [
          ...leaverBlocks(facts, asking.mayLeaveOpen),
          ...leaverFactBlocks(facts.leaver, asking),
          context(`Deactivating ${leavingText(facts.leaving)}`),
        ]
      : []),
    ...handOverBlocks(facts.orphans ?? [], asking),
    ...(approving ? lastingBlocks(purpose) : []),
    ...notes.map((note) => context(`${escapeMrkdwn(note)} :warning:`)),
    ...(timeable ? endingBlocks(ending) : []),
    ...(approving ? [] : [reasonBlock(reason, purpose === 'request')]),
  ];
}

function lastingBlocks(change: Change): readonly KnownBlock[] {
  const lasting = lastingText(change);
  if (lasting === undefined) return [];
  return [
    context(change.endsAt === undefined ? `Active ${lasting} from the activation on.` : `Active ${lasting}.`),
  ];
}

const nobodyToSwap = (facts: ConfirmFacts): string =>
  `${whySwap(facts)}, and nobody who holds a seat may be deactivated from here. Ask an administrator of Wallaroo. :no_entry:`;
