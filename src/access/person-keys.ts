/** What is known of one Slack account. */
export interface Account {
  /** Every id that Slack knows it by: `U…` of a workspace, `W…` or `U…` of an organisation. */
  readonly ids: readonly string[];
  /** An email that Slack has not found to be unconfirmed; any case. */
  readonly email: string | undefined;
}

/**
 * By what a person is known, whichever of their ids or accounts they use: accounts that share a key are one person.
 * Slack: `users.info`, `enterprise_user.id` ("the same person may come as U… and W…").
 */
export const personKeys = ({ ids, email }: Account): readonly string[] => [
  ...new Set([...ids, ...(email === undefined ? [] : [`email:${email.toLowerCase()}`])]),
];

/** Whether two sets of keys are of one person. */
export const isSamePerson = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((key) => other.includes(key));
