import type { Button } from '@slack/types';
import { type LicenseLines, licenseLine } from '../license/license-desk.ts';
import type { Role } from '../slack/actor.ts';
import { actions, context, header, type Message, section } from '../slack/blocks.ts';
import type { Subcommand } from '../slack/command-router.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';

export interface HelpFacts {
  readonly role: Role;
  /** Whether administrators' own changes need a second one. */
  readonly fourEyes: boolean;
  /** For outsiders: why they can do nothing, as mrkdwn. */
  readonly refusal: string | undefined;
  readonly subcommands: readonly Subcommand[];
  /** `undefined` where the platform does not say, and for outsiders. */
  readonly license: LicenseLines | undefined;
  readonly buttons: readonly Button[];
}

/** What this person, in their role, can do; the license meter; buttons to start. */
export function helpMessage({ role, fourEyes, refusal, subcommands, license, buttons }: HelpFacts): Message {
  const title = 'Users of this Wallaroo instance';
  if (role === 'outsider') {
    const sentence = refusal ?? '';
    return { text: sentence, blocks: [header(title), section(`${sentence} :wave:`)] };
  }
  const mine = subcommands.filter(({ needs }) => needs !== 'administrator' || role === 'administrator');
  return {
    text: `${title}: what you can do`,
    blocks: [
      header(title),
      ...licenseLine(license ?? { line: undefined }),
      section(role === 'administrator' && fourEyes ? FOUR_EYES : INTRO[role]),
      section(mine.map(usageLine).join('\n')),
      context(
        '`&lt;who&gt;` is an email, a username, a name, a unique part of them, a mention of somebody in this Slack, or `me`. Paste it as you find it.',
      ),
      ...(buttons.length === 0 ? [] : [actions(...buttons)]),
    ],
  };
}

const INTRO: Readonly<Record<Exclude<Role, 'outsider'>, string>> = {
  administrator: 'You are an *administrator* of this bot: changes that you confirm are made at once.',
  member: 'You are a *member*: an administrator decides what you ask for.',
};

const FOUR_EYES = 'You are an *administrator* of this bot. Another administrator decides what you ask for.';

const usageLine = ({ usage, about }: Subcommand): string => `• \`/wallaroo ${escapeMrkdwn(usage)}\` ${about}`;
