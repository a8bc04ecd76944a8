export interface Sentence {
  readonly retryable: boolean;
  readonly userMessage: string;
}

const final = (userMessage: string): Sentence => ({ retryable: false, userMessage });
const passing = (userMessage: string): Sentence => ({ retryable: true, userMessage });

/** Every way in which the platform fails us: its stable code and what a person is told. */
export const sentences = {
  // Signing in (contract §3.4)
  wrong_password: final(
    "Wallaroo does not accept the bot's username or password, or has locked its account for a while: an administrator should check WALLAROO_USER and WALLAROO_PASSWORD.",
  ),
  account_disabled: final(
    "The bot's own Wallaroo account is deactivated: an administrator should activate it in the Keycloak console.",
  ),
  account_not_set_up: final(
    "The bot's Wallaroo account is not fully set up (a temporary password or an unverified email): sign in with it once in the browser and finish the steps shown.",
  ),
  client_refused: final(
    "Wallaroo does not accept the bot's OpenID client: check WALLAROO_CLIENT_ID and WALLAROO_CLIENT_SECRET, and that the client allows direct access grants.",
  ),
  sign_in_refused: final(
    "Wallaroo refused to sign the bot in: an administrator should check the bot's account and OpenID client in the Keycloak console.",
  ),
  unauthorized: final(
    "Wallaroo does not accept the bot's sign-in although it was just renewed: check that WALLAROO_URL and WALLAROO_AUTH_URL belong to the same instance and that the bot's account is active.",
  ),
  // Refusals
  missing_permission: final(
    "The bot's Wallaroo account lacks the permission: give it the Keycloak roles manage-users and view-users of the client master-realm, or the realm role admin.",
  ),
  license_full: final(
    'Wallaroo takes no more users: it says its license is full. Deactivate somebody first, and compare WALLAROO_EDITION, LICENSE_SEATS and SEAT_EXEMPT with the seats of your license.',
  ),
  unexplained_refusal: final(
    "Wallaroo refused to let one more user in, without saying why. Seats look free, so its license may have fewer of them than LICENSE_SEATS says, or the bot's account may not add users.",
  ),
  user_management_unsupported: final(
    'This Wallaroo instance does not support inviting users through its API: create the user in the Keycloak console.',
  ),
  not_found: final('Wallaroo does not know this user: they may have been deleted.'),
  unknown_address: final(
    'No Wallaroo answers at the configured address: check WALLAROO_URL and WALLAROO_AUTH_URL.',
  ),
  conflict: final('Wallaroo already has a user with this email or username.'),
  ambiguous_email: final(
    'Several Wallaroo users share this email, so it names nobody: give each their own, or choose the user from the list.',
  ),
  no_email: final(
    "This user has no email, and through Wallaroo's own API users are switched by email: set one in the Keycloak console, or set WALLAROO_USERS_VIA=keycloak.",
  ),
  improper_account: final(
    'Wallaroo cannot make a workspace for this user, as happens to accounts without a proper email: set username and email to the same valid, confirmed address in the Keycloak console.',
  ),
  incomplete_account: final(
    'Keycloak changes nothing about this user while something that it requires is missing, usually the email: fill it in in the Keycloak console first.',
  ),
  invalid_account: final(
    'Keycloak changes nothing about this user while something breaks the rules of its user profile: correct it in the Keycloak console first.',
  ),
  read_only_user: final(
    'Keycloak may not change this user, as with users of a directory (LDAP) that it only reads: change them in the directory, or let Keycloak write (Keycloak console, User federation, Edit mode WRITABLE or UNSYNCED).',
  ),
  busy: passing('Something else under way in Wallaroo conflicts with this: try again in a minute.'),
  invalid_request: final('Wallaroo refused the request as invalid: its log or the log of the bot tells why.'),
  not_applied: final(
    'Wallaroo confirmed the change, but does not show it: somebody may have changed the user at the same moment. Look the user up and try again.',
  ),
  wrong_user_changed: final(
    'Wallaroo changed another user whose email is similar, and was asked to put that back: nothing was done for this user. Check both in the list, and set WALLAROO_USERS_VIA=keycloak.',
  ),
  kept_account: final(
    "This is the built-in admin or the bot's own account: change it in the Keycloak console.",
  ),
  // Workspaces
  unknown_workspace: final(
    "Wallaroo shows no such workspace to the bot's account: somebody may have deleted it, or the account needs the realm role admin in Keycloak to see it.",
  ),
  missing_workspace_permission: final(
    "The bot's Wallaroo account may not change the members of this workspace: give it the realm role admin in Keycloak, or make it an OWNER of the workspace.",
  ),
  last_owner: final(
    'Wallaroo does not let the only OWNER of this workspace go: make somebody else an OWNER first.',
  ),
  membership_lost: final(
    'Wallaroo took this user out of the workspace to change their role, and then did not let them in again: add them to the workspace again.',
  ),
  wrong_member_changed: final(
    "Wallaroo changed the membership of another user whose email is similar, and was asked to put that back: nothing was done for this user. Check the workspace's members in Wallaroo.",
  ),
  rate_limited: passing('Wallaroo is being asked too often at the moment: try again in a minute.'),
  // Not asked, or no usable reply
  unreachable: passing('Wallaroo cannot be reached at the moment: try again in a few minutes.'),
  timeout: passing('Wallaroo did not answer in time: try again in a few minutes.'),
  certificate: final(
    "The certificate of Wallaroo's address is not trusted: an administrator should renew it, or make its authority known to the bot with NODE_EXTRA_CA_CERTS.",
  ),
  proxy_refused: passing(
    'The proxy between the bot and Wallaroo makes no connection: check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the name and password in them.',
  ),
  platform_error: passing('Wallaroo itself failed while it worked on this: try again in a few minutes.'),
  outcome_unknown: passing(
    'Wallaroo did not confirm the change and cannot be asked whether it took effect: look the user up before you try again.',
  ),
  malformed: passing('Wallaroo sent a reply that breaks off or is not JSON: try again in a few minutes.'),
  away: passing(
    'Wallaroo is away, and something in front of it answers instead, as while it restarts or is upgraded: try again in a few minutes. If it lasts, check WALLAROO_URL and WALLAROO_AUTH_URL.',
  ),
  page: passing(
    "Wallaroo's address answers with a page, not JSON, as where something in front of Wallaroo stands in for it: try again in a few minutes. If it lasts, check WALLAROO_URL and WALLAROO_AUTH_URL.",
  ),
  blocked: passing(
    'Something between the bot and Wallaroo does not let the bot through, as a sign-in page or a firewall does: try again in a few minutes. If it lasts, an administrator should let the bot pass there.',
  ),
  too_large: passing(
    "Something between the bot and Wallaroo takes the bot's request for too large: an administrator should raise its limits for headers and bodies.",
  ),
  redirected: passing(
    'Wallaroo sends the bot to another address: set WALLAROO_URL and WALLAROO_AUTH_URL to the final one, usually with https.',
  ),
  partial_list: passing(
    "Wallaroo's answer was not understood: its list of users cannot be whole, so nothing was counted by it. Try again in a few minutes.",
  ),
  list_cut: final(
    "Wallaroo's list of users may be cut off at a hundred, and the bot's account may not read the rest, so seats cannot be counted: give it the Keycloak roles view-users and query-users of the client master-realm, or the realm role admin.",
  ),
  another_user: passing(
    "Wallaroo's answer was not understood: it tells of another user than the one asked for. Look the user up and try again.",
  ),
  unexpected_reply: passing(
    "Wallaroo's answer was not understood: try again in a few minutes. If it lasts, its release may be newer than the bot.",
  ),
} as const satisfies Readonly<Record<string, Sentence>>;

const SIGN_IN_REFUSED: ReadonlySet<string> = new Set<keyof typeof sentences>([
  'wrong_password',
  'account_disabled',
  'account_not_set_up',
  'client_refused',
  'sign_in_refused',
  'unauthorized',
]);

/** Whether a failure says that the bot cannot sign in until somebody mends that. */
export const isSignInRefused = (code: string): boolean => SIGN_IN_REFUSED.has(code);

/** Whether a failure may pass without anybody mending something; what is no code of the platform's is taken to. */
export const passesUnaided = (code: string): boolean =>
  !Object.hasOwn(sentences, code) || sentences[code as keyof typeof sentences].retryable;
