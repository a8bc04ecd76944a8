import type { ExternalSelect, PlainTextOption } from '@slack/types';
import { option, plain } from '../slack/blocks.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { fullNameOf } from './known-names.ts';
import { labelOf, lastSignInPlain } from './user-text.ts';

/** Options that Slack takes for an external select (docs.slack.dev: select menu). */
const MOST_OPTIONS = 100;

/** A menu that searches among the users as somebody types. */
export const userSelect = (actionId: string): ExternalSelect => ({
  type: 'external_select',
  action_id: actionId,
  // What fits is offered before anything is typed.
  min_query_length: 0,
  placeholder: plain('Type a name or an email', 150),
});

/** A user as a choice: what they go by, and what tells them from others. */
function userOption(user: WallarooUser): PlainTextOption {
  const facts = [
    fullNameOf(user) ?? '',
    user.enabled ? 'active' : 'inactive',
    lastSignInPlain(user.lastSignIn),
  ];
  return option(labelOf(user), user.id, facts.filter((fact) => fact !== '').join(' · '));
}

/** Users as choices: those who are active first, or those who are not, as that is what is wanted. */
export function userOptions(users: readonly WallarooUser[], wantsActive: boolean): PlainTextOption[] {
  const fitting = users.filter(({ enabled }) => enabled === wantsActive);
  const others = users.filter(({ enabled }) => enabled !== wantsActive);
  return [...fitting, ...others].slice(0, MOST_OPTIONS).map(userOption);
}
