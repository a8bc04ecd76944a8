import * as z from 'zod';
import { VERIFY_EMAIL, type WallarooUser } from '../../wallaroo/user.ts';

/** What a fix sets of an account, as it is or is to be; no email: none. */
export const accountRecord = z.object({
  email: z.string().optional(),
  username: z.string(),
  emailVerified: z.boolean(),
  /** Keycloak asks the user at the next sign-in to confirm the email. */
  asksToVerify: z.boolean().optional(),
});
export type AccountRecord = Readonly<z.output<typeof accountRecord>>;

/** As it is stored. */
export const fixSchema = z.object({
  type: z.literal('fix_account'),
  userId: z.string(),
  /** Email, or the username where there is none, as it was when it was asked: for people, never to find the user by. */
  label: z.string(),
  /** Without a username, that stays as it is. */
  to: accountRecord.partial({ username: true }),
  /** As it was when it was asked: what is otherwise by then is not overwritten. Absent: nobody knows. */
  was: accountRecord.optional(),
  /** Puts back what a fix has set. */
  putsBack: z.boolean().optional(),
  /** As read just before the write; kept through a crash. */
  before: accountRecord.optional(),
  /** As read back after the write; set once the step is done. */
  after: accountRecord.optional(),
});

/** Sets email, username and confirmation of one account. */
export type FixStep = Readonly<z.output<typeof fixSchema>>;

/** A step that nobody has performed yet. */
export const fixStep = ({
  userId,
  label,
  to,
  was,
  putsBack,
}: Pick<FixStep, 'userId' | 'label' | 'to' | 'was' | 'putsBack'>): FixStep => ({
  type: 'fix_account',
  userId,
  label,
  to,
  ...(was === undefined ? {} : { was }),
  ...(putsBack ? { putsBack } : {}),
});

/** What a fix sets, of a user as Wallaroo has it. */
export const recordOf = (user: WallarooUser): AccountRecord => ({
  ...(user.email === undefined || user.email === '' ? {} : { email: user.email }),
  username: user.username,
  emailVerified: user.emailVerified ?? false,
  ...(user.requiredActions.includes(VERIFY_EMAIL) ? { asksToVerify: true } : {}),
});
