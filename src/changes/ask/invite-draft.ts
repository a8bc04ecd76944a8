import { truncate } from '../../slack/mrkdwn.ts';
import { emailFault } from '../../texts/email.ts';
import { takeEnding } from '../../texts/ending-in-reason.ts';
import type { TypedAt } from '../../texts/moment.ts';
import { oneLine } from '../../texts/one-line.ts';
import { plainText, quoted } from '../../texts/plain-text.ts';
import { type KnownNames, takeFurther, takeWho } from '../../texts/take-who.ts';
import { parseWho, severalSentence } from '../../texts/typed-who.ts';
import { noEndNote } from './ask-draft.ts';

/** An invitation as typed, or a sentence that says why it is none. */
export type ReadInvitation =
  | {
      readonly ok: true;
      /** An email; or a mention or `me`, to be looked up. */
      readonly who: { readonly email: string } | { readonly person: string };
      readonly reason: string;
      /** What has to be said of the text. */
      readonly note: string | undefined;
    }
  | { readonly ok: false; readonly problem: string };

/** Somebody invited is not among the users yet: words before an email are their name. */
const NEWCOMERS: KnownNames = { isName: () => false, isPart: () => false, fits: () => true };
const LONGEST_REASON = 1000;
const USAGE = 'Please give the email address to invite: `/wallaroo invite name@example.com`';

/** Reads `<email> [reason]`. */
export function readInvitation(typed: string, typedAt: TypedAt): ReadInvitation {
  const { who, rest } = takeWho(typed, NEWCOMERS);
  if (who === undefined) return { ok: false, problem: USAGE };
  const further = takeFurther(rest, NEWCOMERS);
  if (further.length > 0) return { ok: false, problem: severalSentence([who, ...further], 'invite') };
  const reason = oneLine(plainText(rest)).replace(/^[\s,;:]+/, '');
  const { ending, unclear } = takeEnding(reason, typedAt);
  const said = {
    reason: truncate(reason, LONGEST_REASON),
    note: noEndNote('an invitation', ending ?? unclear),
  };
  const read = parseWho(who);
  if (read.kind === 'nobody') return { ok: false, problem: read.sentence };
  if (read.kind !== 'text') return { ok: true, who: { person: who }, ...said };
  const fault = emailFault(read.text);
  if (fault === undefined) return { ok: true, who: { email: read.text }, ...said };
  return {
    ok: false,
    problem: read.text.includes('@')
      ? `${quoted(read.text)} is not an email that I can invite. ${fault}`
      : USAGE,
  };
}
