/** What an administrator is told of a mail that did not go out, and what helps. */
export const mailReasons = {
  no_mail_server:
    'Their Keycloak realm has no mail server, so nobody mailed them how to set a password. Set a temporary one in the Keycloak console (Users → the user → Credentials), or set up a mail server (Realm settings → Email) and send the mail there (Credentials → Credential reset).',
  not_sent:
    'Keycloak could not send them the mail to set a password. Check its mail server in the Keycloak console (Realm settings → Email → Test connection), then send the mail there (Users → the user → Credentials → Credential reset).',
  unknown:
    'Keycloak did not say whether it sent them the mail to set a password. Ask whether it came, and if not send it in the Keycloak console (Users → the user → Credentials → Credential reset).',
} as const;

/** Why the owner of a new account was not mailed. */
export type WhyNot = keyof typeof mailReasons;
