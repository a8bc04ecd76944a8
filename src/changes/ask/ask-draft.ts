import * as z from 'zod';
import { truncate } from '../../slack/mrkdwn.ts';
import { leadingEnding, takeEnding, timeWithin } from '../../texts/ending-in-reason.ts';
import type { TypedAt } from '../../texts/moment.ts';
import { oneLine } from '../../texts/one-line.ts';
import { plainText, quoted, rawWords, seenText } from '../../texts/plain-text.ts';
import { likeliest } from '../../texts/readings.ts';
import { type KnownNames, nameAndAddress, partInList, takeList, takeWho } from '../../texts/take-who.ts';
import { namedSentence } from '../../texts/typed-who.ts';
import { tooManyAtOnce } from '../confirm/several.ts';

/** What somebody typed or pressed for, before it is known whom they mean. */
export const draftSchema = z.object({
  kind: z.enum(['activate', 'deactivate', 'swap']),
  /** Each `<who>` as typed: one or several, for a swap two: who leaves, who comes. Never an id that was chosen. */
  who: z.array(z.string()),
  reason: z.string(),
  /** When the activation ends, as typed: `7 days`, `until 24 Dec`. Perhaps nothing that can be understood. */
  ending: z.string().optional(),
  /** What has to be said of the text, in a sentence. */
  note: z.string().optional(),
});

export type Draft = z.infer<typeof draftSchema>;

/** A draft, or a sentence that says why there is none. */
export type ReadDraft =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly problem: string };

/** How many `<who>` a kind takes. */
export const whoCount = (kind: Draft['kind']): number => (kind === 'swap' ? 2 : 1);

const LONGEST_WHO = 300;
const LONGEST_REASON = 1000;
/** What a draft may take of a modal's metadata (3000 characters) while people choose whom they mean. */
const LONGEST_DRAFT = 2400;
/** `swap steve for nora`: said between the two, unless somebody has that name. */
const BETWEEN_TWO = /^[\s,;/|]*(?:(?:for|with|and|by|to|against|↔|⇄|->|→|=>|-&gt;|=&gt;|&amp;)\s+)?/iu;

/** Reads `<who…> [for 7 days | until 24 Dec] [reason]`, for a swap `<who leaves> <who comes> [reason]`. */
export function parseDraft(
  kind: Draft['kind'],
  typed: string,
  context: TypedAt & { readonly known: KnownNames },
): ReadDraft {
  const { known } = context;
  const who: string[] = [];
  const leading =
    kind === 'deactivate' || known.isName(firstWord(typed)) ? undefined : leadingEnding(typed, context);
  let rest = typed.slice(leading?.length ?? 0);
  while (who.length < whoCount(kind)) {
    if (who.length > 0) rest = rest.replace(BETWEEN_TWO, '');
    const taken = takeWho(rest, known);
    if (taken.who === undefined) break;
    if (taken.who.length > LONGEST_WHO)
      return { ok: false, problem: `${quoted(taken.who)} is too long for an email or a username.` };
    who.push(taken.who.replace(/\p{Surrogate}/gu, '\ufffd'));
    rest = taken.rest;
  }
  // Somebody's username and then their email: of two who are wanted, both are named.
  const [only = ''] = who;
  const both = who.length < whoCount(kind) ? nameAndAddress(only, known) : undefined;
  if (both !== undefined) who.splice(0, 1, ...both);
  const list = takeList(who.at(-1) ?? '', rest, known);
  const all = distinct([...who, ...list.further]);
  if (kind === 'swap' && all.length > who.length) return { ok: false, problem: tooManyForSwap(all) };
  const tooMany = tooManyAtOnce(all.length);
  if (tooMany !== undefined) return { ok: false, problem: tooMany };
  const isList = all.length > 1 && kind !== 'swap';
  if (isList) rest = list.rest;
  const said = reasonIn(
    kind,
    leading === undefined ? rest : `${leadingText(leading.ending)}, ${rest}`,
    context,
  );
  const last = all.at(-1) ?? '';
  const part = kind === 'swap' ? undefined : partInList({ last, rest, reason: said.reason }, known);
  const draft = { kind, who: isList ? [...all] : who, ...said };
  if (part === undefined) return { ok: true, draft };
  return { ok: true, draft: { ...draft, note: [partNote(part), said.note ?? ''].join(' ').trim() } };
}

const firstWord = (typed: string): string => seenText(rawWords(typed, 1)[0]?.raw ?? '');
const leadingText = (ending: string): string => (/^until /.test(ending) ? ending : `for ${ending}`);
const isSame = (one: string, other: string): boolean =>
  likeliest(plainText(one)).toLowerCase() === likeliest(plainText(other)).toLowerCase();

/** Everybody once, as typed first. */
const distinct = (named: readonly string[]): readonly string[] =>
  named.filter((raw, at) => !named.slice(0, at).some((other) => isSame(raw, other)));

const tooManyForSwap = (named: readonly string[]): string =>
  `${namedSentence(named)} A swap takes two: who leaves, and who comes. Nothing was done.`;

/** The reason in what follows the names, and when the activation ends. */
function reasonIn(
  kind: Draft['kind'],
  rest: string,
  typedAt: TypedAt,
): Pick<Draft, 'reason' | 'ending' | 'note'> {
  const whole = oneLine(plainText(rest)).replace(/^[\s,;:]+/, '');
  const { reason: without, ending, unclear } = takeEnding(whole, typedAt);
  const isTimed = kind !== 'deactivate';
  const reason = truncate(isTimed ? without : whole, LONGEST_REASON);
  const time = unclear ?? (ending === undefined ? timeWithin(without, typedAt) : undefined);
  const notes = [
    isTimed ? time && unclearNote(time) : noEndNote('a deactivation', ending ?? unclear),
    (isTimed ? without : whole).length > LONGEST_REASON ? CUT : undefined,
  ].filter((note) => note);
  return {
    reason,
    ...(isTimed && ending !== undefined ? { ending } : {}),
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
  };
}

const CUT = `The reason is longer than ${LONGEST_REASON} characters: its end was left out.`;

const unclearNote = (phrase: string): string =>
  `The reason says ${quoted(phrase)}. If the activation is to end then, choose that under *For how long*.`;

/** That what may be somebody's name is taken for the reason. */
const partNote = (part: string): string =>
  `The reason says ${quoted(part)}. If a user is meant, type their email or whole name instead, behind a comma.`;

/** That a time which was typed ends nothing; `undefined` where none was. */
export const noEndNote = (what: string, phrase: string | undefined): string | undefined =>
  phrase === undefined
    ? undefined
    : `Only an activation has an end, not ${what}: ${quoted(phrase)} stays in the reason.`;

/** The draft as it fits into a modal's metadata: of a reason full of quotes the end may have to go. */
export function carried(draft: Draft): Draft {
  const tooLong = JSON.stringify(draft).length - LONGEST_DRAFT;
  return tooLong <= 0 ? draft : { ...draft, reason: truncate(draft.reason, draft.reason.length - tooLong) };
}
