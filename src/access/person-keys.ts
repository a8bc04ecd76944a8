/** What is known of one Slack account. */
export interface Account {
  /** Every id that Slack knows it by: `U…` of a workspace, `W…` or `U…` of an organisation. */
  readonly ids: readonly string[];
  /** An email that Slack has not found to be unconfirmed; any case. */
  readonly email: string | undefined;
}

/** The key of an email that is proven to be somebody's. */
export const emailKey = (email: string): string => `email:${email.toLowerCase()}`;

/**
 * By what a person is known, whichever of their ids or accounts they use: accounts that share a key are one person.
 * Slack: `users.info`, `enterprise_user.id` ("the same person may come as U… and W…").
 */
export const personKeys = ({ ids, email }: Account): readonly string[] => [
  ...new Set([...ids, ...(email === undefined ? [] : [emailKey(email)])]),
];

/** Whether these keys, of people who are surely known by them, have one in common. */
export const sharesKey = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((key) => other.includes(key));

/** By what somebody at a command line is known: nobody tells who that is in Slack, but the login is often the email's name. */
export const loginKeys = (actor: string, login: string): readonly string[] => [
  actor,
  `login:${login.toLowerCase()}`,
];

/** Whether anything tells whose account of the platform may be this person's: an email or, at a command line, a login. */
export const isKnown = (keys: readonly string[]): boolean =>
  keys.some((key) => /^(?:email|login):/.test(key));

/** Whether two sets of keys are, or in doubt may be, of one person. */
export const isSamePerson = (one: readonly string[], other: readonly string[]): boolean =>
  sharesKey(one, other) || mayLogIn(one, other) || mayLogIn(other, one);

/** Whether somebody whose email is `ada@…` may be the one who is logged in as `ada`. */
const mayLogIn = (person: readonly string[], atCommandLine: readonly string[]): boolean =>
  person.some((key) => {
    const name = /^email:([^@+]+)/.exec(key)?.[1];
    return name !== undefined && atCommandLine.includes(`login:${name}`);
  });
