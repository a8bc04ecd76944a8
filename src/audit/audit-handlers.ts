import type { WebClient } from '@slack/web-api';
import type { Db } from '../db/tables.ts';
import { RefusedError } from '../errors.ts';
import type { Actor } from '../slack/actor.ts';
import { type Message, section } from '../slack/blocks.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import { count } from '../slack/mrkdwn.ts';
import { sendFile } from '../slack/upload-service.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { ids } from './audit-ids.ts';
import { type AuditFilter, readFilter, readTyped } from './audit-query.ts';
import { queryOf, trailCsv, trailPage } from './audit-service.ts';
import { nothingMessage } from './audit-views.ts';
import type { Directory } from './names-service.ts';

/** Whom a `<who>` looks for in the trail. */
export interface Sought {
  /** Of a person mentioned: what they did or asked for is found too. */
  readonly slackUserId?: string | undefined;
  /** As typed: an email, a username, a name or a part of one. */
  readonly text?: string | undefined;
  /** The users who are called so. */
  readonly userIds?: readonly string[] | undefined;
  /** How many more are called so whom the text does not find either. */
  readonly unsought?: number | undefined;
  /** Where nobody is called so. */
  readonly nearest?: readonly WallarooUser[] | undefined;
}

export interface AuditParts {
  readonly dispatcher: Dispatcher;
  readonly client: WebClient;
  readonly db: Db;
  readonly now: () => Date;
  /** The names behind ids. */
  readonly directory: Directory;
  /** Reads a `<who>` as typed: a text, or what Slack makes of addresses and mentions. */
  readonly seek: (typed: string, caller: Pick<Actor, 'userId' | 'email'>) => Promise<Sought>;
}

/** `audit`, and what is pressed on its answer. */
export function registerAudit({
  dispatcher,
  client,
  db,
  now,
  directory,
  seek,
}: AuditParts): readonly Subcommand[] {
  const page = (filter: AuditFilter): Promise<Message> => trailPage({ db, directory }, filter);

  dispatcher.action(ids.page, 'administrator', async ({ value, reply }) => {
    await reply.replace(await page(filterIn(value)));
  });

  dispatcher.action(ids.export, 'administrator', async ({ value, reply, actor }) => {
    const filter = filterIn(value);
    const { entries, file } = await trailCsv(db, queryOf(filter), directory);
    if (entries === 0) return reply.send(nothingMessage(filter));
    const comment = `${count(entries, 'change')} as CSV. Times are in UTC.`;
    const filename = `wallaroo-audit-${now().toISOString().slice(0, 10)}.csv`;
    await sendFile(client, actor.userId, { file, filename, comment });
    const text = `Exported ${count(entries, 'change')}: the file is in our direct messages.`;
    await reply.send({ text, blocks: [section(text)] });
  });

  return [
    {
      name: 'audit',
      usage: 'audit [who] [since 30d]',
      about: 'shows the latest changes and exports them',
      needs: 'administrator',
      answer: 'message',
      run: async ({ text, reply, actor }) => {
        const read = readTyped(text, now());
        if (!read.ok) throw new RefusedError(read.problem);
        const { who, since } = read.query;
        const { nearest, ...sought }: Sought = who === '' ? {} : await seek(who, actor);
        const filter = { ...sought, sinceMs: since?.getTime() };
        await reply.send(await trailPage({ db, directory }, filter, nearest));
      },
    },
  ];
}

function filterIn(value: string): AuditFilter {
  const filter = readFilter(value);
  if (filter === undefined)
    throw new RefusedError('This list is out of date. Please type `/wallaroo audit` again.');
  return filter;
}
