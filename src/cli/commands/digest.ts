import { digestSources } from '../../core/digest-sources.ts';
import { licenseRules } from '../../core/platform.ts';
import type { Digest } from '../../digest/digest.ts';
import { computeDigest, windowUpTo } from '../../digest/digest-facts.ts';
import { digestTexts } from '../../digest/digest-views.ts';
import { labelOf } from '../../license/user-text.ts';
import { lastSignInOf, type WallarooUser } from '../../wallaroo/user.ts';
import type { CommandParts } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plainOf } from '../plain.ts';
import { asksForData, type Field, type FormatOptions, tellsFields, writeRecord } from '../records.ts';

/** Somebody whom a digest names, as JSON has them. */
function named({ ends }: Digest, user: WallarooUser) {
  const lastSignIn = lastSignInOf(user);
  return {
    user: labelOf(user),
    userId: user.id,
    lastSignIn: lastSignIn.kind === 'at' ? lastSignIn.at.toISOString() : null,
    until: ends.get(user.id)?.at.toISOString() ?? null,
  };
}

/** What is told of a digest. Moments are ISO 8601 in UTC; people are Slack ids, or logins of a command line. */
const fields: readonly Field<Digest>[] = [
  { name: 'from', value: ({ window }) => window.from.toISOString() },
  { name: 'to', value: ({ window }) => window.to.toISOString() },
  { name: 'taken', value: ({ meter }) => meter.taken },
  { name: 'seats', value: ({ meter }) => (meter.kind === 'limited' ? meter.seats : undefined) },
  { name: 'idleDays', value: ({ idleDays }) => idleDays },
  { name: 'holders', value: (digest) => digest.holders.map((user) => named(digest, user)) },
  { name: 'idle', value: (digest) => digest.suggestions.idle.map((user) => named(digest, user)) },
  { name: 'never', value: (digest) => digest.suggestions.never.map((user) => named(digest, user)) },
  {
    name: 'kept',
    value: (digest) =>
      digest.suggestions.kept.map(({ user, snooze }) => ({
        ...named(digest, user),
        keptBy: snooze.keptBy,
        keptUntil: snooze.until.toISOString(),
      })),
  },
  {
    name: 'requests',
    value: ({ pending }) =>
      pending.map(({ id, text, requesterId, requesterEmail, createdAt }) => ({
        id,
        asks: plainOf(text),
        requester: requesterEmail ?? requesterId,
        requesterId,
        asked: createdAt.toISOString(),
      })),
  },
  {
    name: 'changes',
    value: ({ happenings }) =>
      happenings.map(({ at, event, labels, before, after, actor, requester, reason }) => ({
        when: at.toISOString(),
        event,
        subject: labels,
        before: before ?? null,
        after: after ?? null,
        actor,
        requester: requester ?? null,
        reason: reason ?? null,
      })),
  },
  {
    name: 'problems',
    value: ({ faults }) =>
      faults.map(({ user, problem }) => ({
        user: labelOf(user),
        userId: user.id,
        problem: plainOf(problem),
      })),
  },
  {
    name: 'ownerless',
    value: ({ ownerless }) =>
      ownerless?.ids.map((id, at) => ({ id, workspace: plainOf(ownerless.names[at] ?? '') })),
  },
];

/** With a blank line before what begins with a title. */
const paragraph = (mrkdwn: string): string =>
  (/^\*[^`]/.test(mrkdwn) ? '\n' : '') + mrkdwn.split('\n').map(plainOf).join('\n');

/** The same with those who ask by their emails, as `requests` has them: no terminal shows who a Slack id is. */
const byEmails = (read: Digest): Digest => ({
  ...read,
  pending: read.pending.map(({ requesterEmail, requesterId, ...request }) => ({
    ...request,
    requesterId: requesterEmail ?? requesterId,
  })),
});

/** `digest`: what it would say, were it posted now. */
export async function digest(parts: CommandParts, options: FormatOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, fields, options)) return EXIT.done;
  const office = await parts.office();
  const { config, db, now } = office;
  const sources = digestSources({ ...office, rules: licenseRules(config, '') });
  const reading = windowUpTo(db, config.LICENSE_CHANNEL || undefined, now()).then((window) =>
    computeDigest(sources, window),
  );
  const read = await terminal.spin('Reading users, requests and changes', reading);
  if (asksForData(options)) writeRecord(terminal, fields, read, options);
  else terminal.out(`${digestTexts(byEmails(read)).map(paragraph).join('\n')}\n`);
  return EXIT.done;
}
