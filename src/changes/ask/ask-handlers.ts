import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { RefusedError } from '../../errors.ts';
import { labelOf } from '../../license/user-text.ts';
import { section } from '../../slack/blocks.ts';
import type { Subcommand } from '../../slack/command-router.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, Arrival, CommandArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { endingNote } from '../../texts/ending.ts';
import { knownTimeZone, type TypedAt } from '../../texts/moment.ts';
import { twinView } from '../announce/result-views.ts';
import { ids } from '../changes-ids.ts';
import { type ConfirmFacts, snapshotOf } from '../confirm/confirm-facts.ts';
import { confirmView, exchangeOption, TITLES } from '../confirm/confirm-views.ts';
import { type ChangesHandlerParts, isAdministrator, showResult } from '../handler-parts.ts';
import type { Step } from '../steps/step.ts';
import type { Turn } from '../steps/step-kind.ts';
import { switchStep } from '../steps/switch-user.ts';
import { carried, type Draft, draftSchema, parseDraft, whoCount } from './ask-draft.ts';
import {
  type ConfirmData,
  candidatesMatching,
  checkConfirmation,
  confirmSchema,
  endingIn,
} from './confirm-form.ts';
import { pickView } from './pick-views.ts';

const pickSchema = z.object({ draft: draftSchema, index: z.number() });

export interface Asking {
  readonly subcommands: readonly Subcommand[];
  /** Opens the confirmation for one user, whom an answer of ours showed. */
  readonly openSwitch: (arrival: ActionArrival, userId: string, enabled: boolean) => Promise<void>;
  /** Asks for whom access is wanted, then opens the confirmation. */
  readonly requestAccess: (arrival: ActionArrival) => Promise<void>;
}

/** `activate`, `deactivate` and `swap`, from whom is meant to the submitted confirmation. */
export function registerAsking(parts: ChangesHandlerParts): Asking {
  const { dispatcher, desk } = parts;

  dispatcher.modalAction(ids.pickUser, 'member', 'Choose a user', async (interaction) => {
    const picked = pickSchema.safeParse(dispatcher.recall(interaction)?.data);
    if (!picked.success) throw new RefusedError('This form is no longer valid. Please open it again.');
    const { draft, index } = picked.data;
    const who = draft.who.map((text, at) => (at === index ? interaction.value : text));
    return draw(parts, interaction, { ...draft, who });
  });

  dispatcher.form(
    { callbackId: ids.pickForm, needs: 'member', title: 'Choose a user', data: pickSchema },
    (interaction) => {
      const { draft } = interaction.data;
      const who = [interaction.values[ids.who] ?? '', interaction.values[ids.whoComes] ?? ''];
      return draw(parts, interaction, { ...draft, who: who.slice(0, whoCount(draft.kind)) });
    },
  );

  dispatcher.form(
    {
      callbackId: ids.confirmForm,
      needs: 'member',
      title: 'Change users',
      data: confirmSchema,
      check: (values, data) => checkConfirmation(values, data, parts.now()),
    },
    (interaction) => submit(parts, interaction),
  );

  dispatcher.options(ids.exchange, 'member', async (typed, interaction) => {
    const candidates = await desk.candidates(interaction.actor.email);
    return candidatesMatching(typed, candidates).slice(0, 100).map(exchangeOption);
  });

  const subcommand = (kind: Draft['kind'], usage: string, about: string): Subcommand => ({
    name: kind,
    usage,
    about,
    needs: 'member',
    answer: 'modal',
    title: TITLES[kind],
    draw: (interaction) => drawTyped(parts, interaction, kind),
  });

  return {
    subcommands: [
      subcommand('activate', 'activate <who> [for 7 days | until 24 Dec] [reason]', 'lets a user in'),
      subcommand('deactivate', 'deactivate <who> [reason]', 'takes a user out'),
      subcommand(
        'swap',
        'swap <who leaves> <who comes> [reason]',
        'deactivates one user and activates another',
      ),
    ],
    openSwitch: (arrival, userId, enabled) => {
      const kind = enabled ? 'activate' : 'deactivate';
      const draft: Draft = { kind, who: [userId], reason: '' };
      return dispatcher.openModal(arrival, 'member', TITLES[kind], (interaction) =>
        confirm(parts, interaction, draft),
      );
    },
    requestAccess: (arrival) =>
      dispatcher.openModal(arrival, 'member', TITLES.activate, (interaction) =>
        draw(parts, interaction, { kind: 'activate', who: [], reason: '' }),
      ),
  };
}

/** When and where somebody types. */
export const typedAt = (parts: ChangesHandlerParts, { actor }: Interaction<Arrival>): TypedAt => ({
  now: parts.now(),
  timeZone: knownTimeZone(actor.timeZone),
});

/** Reads what was typed behind the command. */
async function drawTyped(
  parts: ChangesHandlerParts,
  interaction: Interaction<CommandArrival>,
  kind: Draft['kind'],
): Promise<ModalView> {
  const known = await parts.knownNames();
  const read = parseDraft(kind, interaction.text, { ...typedAt(parts, interaction), known });
  if (!read.ok) throw new RefusedError(read.problem);
  return draw(parts, interaction, read.draft);
}

/** Finds out whom is meant, asking where it is not clear, and then draws the confirmation. */
async function draw(
  parts: ChangesHandlerParts,
  interaction: Interaction<Arrival>,
  draft: Draft,
): Promise<ModalView> {
  const { dispatcher } = parts;
  if (draft.who.length < whoCount(draft.kind))
    return pickView(draft.kind, dispatcher.remember(interaction, { draft: carried(draft), index: 0 }));
  const who: string[] = [];
  for (const [index, typed] of draft.who.entries()) {
    const found = await parts.resolve(typed, interaction.actor);
    if (found.kind !== 'one') {
      const offered = parts.offer(found, { actionId: ids.pickUser, valueFor: ({ id }) => id });
      return {
        ...notice(TITLES[draft.kind], offered),
        private_metadata: dispatcher.remember(interaction, { draft: carried(draft), index }),
      };
    }
    who.push(found.user.id);
  }
  return confirm(parts, interaction, { ...draft, who });
}

/** The confirmation of a draft whose `who` are user ids. */
export async function confirm(
  parts: ChangesHandlerParts,
  interaction: Interaction<Arrival>,
  draft: Draft,
  banner?: string,
): Promise<ModalView> {
  const { kind } = draft;
  const asRequest = parts.service.needsApproval(isAdministrator(interaction));
  if (asRequest && !(await parts.hasApprover(interaction.actor.userId)))
    return notice(TITLES[kind], NO_APPROVER);
  const wanted = wantedBy(draft);
  if (wanted[0]?.userId === wanted[1]?.userId)
    throw new RefusedError('Both are the same user. Name one who leaves and another who comes.');
  const gathered = await parts.desk.gather(wanted, interaction.actor.email);
  const facts = kind === 'swap' && gathered.needsExchange ? { ...gathered, ...FREES_NO_SEAT } : gathered;
  const at = typedAt(parts, interaction);
  const data: ConfirmData = {
    changeId: parts.newId(),
    kind,
    wanted: facts.subjects.map(({ user, enabled }) => ({ userId: user.id, enabled, label: labelOf(user) })),
    needsReason: asRequest,
    needsExchange: facts.needsExchange,
    drawnAtMs: at.now.getTime(),
    timeZone: at.timeZone,
    snapshot: snapshotOf(facts),
  };
  return confirmView({
    kind,
    facts,
    rules: parts.rules,
    administrator: isAdministrator(interaction),
    purpose: asRequest ? 'request' : 'direct',
    reason: draft.reason,
    ending: draft.ending,
    notes: [draft.note, endingNote(draft.ending, at)].filter((note) => note !== undefined),
    metadata: parts.dispatcher.remember(interaction, data),
    banner,
  });
}

const NO_APPROVER: readonly KnownBlock[] = [
  section(
    ':no_entry: Nobody could decide this request: there is no other administrator of this bot at the moment. Whoever runs the bot can add one with the setting ADMINS.',
  ),
];

const FREES_NO_SEAT = {
  needsExchange: false,
  refusal: { sentence: 'Every seat is taken, and the user who leaves does not free one.' },
} as const;

const wantedBy = ({ kind, who: [first = '', second = ''] }: Draft): readonly [Turn, ...Turn[]] =>
  kind === 'swap'
    ? [
        { userId: first, enabled: false },
        { userId: second, enabled: true },
      ]
    : [{ userId: first, enabled: kind === 'activate' }];

async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<ConfirmData>,
): Promise<ModalView> {
  const { data, values, actor } = interaction;
  const reason = values[ids.reason] ?? '';
  const ending = values[ids.duration];
  const draft: Draft = { kind: data.kind, who: data.wanted.map(({ userId }) => userId), reason, ending };
  const read = endingIn(values, data, parts.now());
  // Its moment has passed since the form was checked: what to say of it stands in the confirmation.
  if (read?.ok === false) return confirm(parts, interaction, draft);
  // Opened by an administrator who is none any more.
  if (reason === '' && parts.service.needsApproval(isAdministrator(interaction)))
    return confirm(parts, interaction, draft, NOW_A_REQUEST);
  const exchange = data.needsExchange ? values[ids.exchange] : undefined;
  const exchanged = exchange === undefined ? undefined : await exchangeFacts(parts, interaction, exchange);
  const asked = await parts.service.ask({
    id: data.changeId,
    steps: exchanged === undefined ? data.wanted.map(switchStep) : stepsOf(exchanged),
    reason,
    ...(read?.ok ? { ending: read.ending } : {}),
    snapshot: exchanged === undefined ? data.snapshot : snapshotOf(exchanged),
    requester: { userId: actor.userId, email: actor.email, administrator: isAdministrator(interaction) },
  });
  const title = TITLES[data.kind];
  if (asked.result === 'twin') return twinView(title, asked.change, parts.approvalsChannel);
  if (asked.change.failure?.code === 'license_full' && data.kind === 'activate')
    return confirm(parts, interaction, draft, LAST_SEAT_GONE);
  return showResult(parts, interaction, title, asked.change);
}

const NOW_A_REQUEST =
  'Somebody else has to approve this by now. Nothing was changed: please say why it is wanted.';
const LAST_SEAT_GONE =
  ':no_entry: *The license is full:* the last seat went to somebody else meanwhile. Nothing was changed.';

/** The present facts of an exchange that was chosen. */
async function exchangeFacts(
  parts: ChangesHandlerParts,
  { data, actor }: FormInteraction<ConfirmData>,
  exchange: string,
): Promise<ConfirmFacts> {
  const wanted: readonly Turn[] = [{ userId: exchange, enabled: false }, ...data.wanted];
  const facts = await parts.desk.gather(wanted, actor.email, { workspaces: false });
  if (facts.refusal !== undefined)
    throw new RefusedError(`This exchange is not possible. ${facts.refusal.sentence}`);
  return facts;
}

/** The steps that bring about what was confirmed. */
export const stepsOf = (facts: ConfirmFacts): readonly Step[] =>
  facts.subjects.map(({ user, enabled }) => switchStep({ userId: user.id, enabled, label: labelOf(user) }));
