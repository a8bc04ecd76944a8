import type { TakeOtherWord, Typed } from '../slack/typed-command.ts';
import { seenWord } from '../slack/typed-command.ts';
import { plainText, rawWords, seenText } from '../texts/plain-text.ts';
import { likeliest } from '../texts/readings.ts';
import { FILTERS } from '../users/user-list.ts';

/** Words that people type instead of a subcommand's name, whatever follows. */
const STANDS_FOR: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    activate: ['enable', 'on', 'allow', 'grant', 'reactivate', 'unblock'],
    deactivate: ['remove', 'rm', 'disable', 'delete', 'del', 'off', 'revoke', 'suspend', 'block'],
    swap: ['replace', 'exchange'],
    users: ['people'],
    user: ['whois', 'extend', 'fix', 'card'],
    workspaces: ['ws', 'spaces', 'projects'],
    workspace: ['space', 'project'],
    license: ['licence', 'licenses', 'seats', 'seat', 'status', 'meter'],
    requests: ['pending', 'approvals', 'queue', 'approve', 'deny', 'withdraw'],
    audit: ['history', 'log', 'trail', 'changes'],
    idle: ['dormant', 'stale', 'unused'],
    me: ['my', 'myself', 'whoami'],
    digest: ['report', 'summary'],
    help: ['?', '-h', '--help', 'hello', 'hi', 'start'],
  }).flatMap(([name, words]) => words.map((word) => [word, name])),
);

/** What may be shown or listed, in people's words. */
const SHOWN: Readonly<Record<string, string>> = {
  user: 'user',
  users: 'users',
  people: 'users',
  accounts: 'users',
  workspace: 'workspace',
  workspaces: 'workspaces',
  license: 'license',
  licence: 'license',
  seats: 'license',
  requests: 'requests',
  audit: 'audit',
};

const showing = (name: string, words: readonly string[]): Readonly<Record<string, TakeOtherWord>> =>
  Object.fromEntries(words.map((word) => [word, ({ rest }: Typed) => shown(name, rest)]));

/** Words that stand for one subcommand or another, by what follows. */
const DEPENDS: Readonly<Record<string, TakeOtherWord>> = {
  // Somebody who has an account is offered the activation there.
  add: ({ rest }) => ({ word: namesNewcomer(rest) ? 'invite' : 'activate', rest }),
  create: ({ rest }) => ({ word: 'invite', rest }),
  access: askFor,
  request: askFor,
  join: askFor,
  ...showing('users', ['list', 'ls', 'search']),
  ...showing('user', ['show', 'view', 'find', 'info']),
  who: ({ rest }) => (rest === '' ? { word: 'users', rest } : whoSaid(rest)),
  // The command's name, typed twice.
  wallaroo: ({ rest }) => takeOtherWord(seenWord(rest)) ?? seenWord(rest),
  '/wallaroo': ({ rest }) => takeOtherWord(seenWord(rest)) ?? seenWord(rest),
};

/** All words that stand for a subcommand. */
export const otherWords: readonly string[] = [...Object.keys(STANDS_FOR), ...Object.keys(DEPENDS)];

/** What a command means that begins with one of these words. */
export const takeOtherWord: TakeOtherWord = (typed) => {
  const name = Object.hasOwn(STANDS_FOR, typed.word) ? STANDS_FOR[typed.word] : undefined;
  if (name !== undefined) return { word: name, rest: typed.rest };
  return Object.hasOwn(DEPENDS, typed.word) ? DEPENDS[typed.word]?.(typed) : undefined;
};

/** `access`: for oneself, or for somebody who is named. */
function askFor({ rest }: Typed): Typed {
  const whom = rest.replace(/^(?:access|a seat|seat|please)\b\s*/iu, '').replace(/^(?:for|to)\b\s*/iu, '');
  return whom === '' || /^(?:me|myself)$/iu.test(whom)
    ? { word: 'me', rest: '' }
    : { word: 'activate', rest: whom };
}

/** `who is steve`, `who am i`, `who has a seat`. */
function whoSaid(rest: string): Typed {
  const who = rest.replace(/^(?:is|are)\s+/iu, '').replace(/\?$/, '');
  if (/^am\s+i$/iu.test(who)) return { word: 'me', rest: '' };
  if (/^(?:has|have|holds|takes)\s+(?:(?:a|the|our)\s+)?(?:seats?|licen[cs]es?)$/iu.test(who))
    return { word: 'license', rest: '' };
  return shown('user', who);
}

/** `show me the workspaces`, `list idle users`, `who is idle`; `name` where what follows is nothing of that kind. */
function shown(name: string, rest: string): Typed {
  const next = seenWord(rest.replace(/^(?:(?:me|us|the|my|our|all)\s+)+/iu, ''));
  const asked = Object.hasOwn(SHOWN, next.word) ? SHOWN[next.word] : undefined;
  if (asked !== undefined) return { word: asked, rest: next.rest };
  if (!FILTERS.some((state) => state === next.word))
    return { word: name, rest: rest.replace(/^(?:me|us)\s+/iu, '') };
  const words = next.rest.replace(/(?<!\S)(?:users|people|accounts)(?!\S)\s*/iu, '');
  return { word: 'users', rest: `${next.word} ${words}`.trim() };
}

/** Whether an email or somebody in Slack is named first, not a user by name. */
function namesNewcomer(rest: string): boolean {
  const first = rawWords(rest, 1)[0]?.raw ?? '';
  return rest === '' || likeliest(seenText(plainText(first))).includes('@');
}
