import * as z from 'zod';

/** What a fix sets of an account, as it is or is to be; no email: none. */
const record = z.object({
  email: z.string().optional(),
  username: z.string(),
  emailVerified: z.boolean(),
  /** Keycloak asks the user at the next sign-in to confirm the email. */
  asksToVerify: z.boolean().optional(),
});
export type AccountRecord = Readonly<z.output<typeof record>>;

/** As it is stored. */
export const fixSchema = z.object({
  type: z.literal('fix_account'),
  userId: z.string(),
  /** Email, or the username where there is none, as it was when it was asked: for people, never to find the user by. */
  label: z.string(),
  /** Without a username, that stays as it is. */
  to: record.partial({ username: true }),
  /** Puts back what a fix has set. */
  putsBack: z.boolean().optional(),
  /** As read just before the write; kept through a crash. */
  before: record.optional(),
  /** As read back after the write; set once the step is done. */
  after: record.optional(),
});

/** Sets email, username and confirmation of one account. */
export type FixStep = Readonly<z.output<typeof fixSchema>>;

/** A step that nobody has performed yet. */
export const fixStep = ({
  userId,
  label,
  to,
  putsBack,
}: Pick<FixStep, 'userId' | 'label' | 'to' | 'putsBack'>): FixStep => ({
  type: 'fix_account',
  userId,
  label,
  to,
  ...(putsBack ? { putsBack } : {}),
});
