import * as z from 'zod';
import type { ReplyTarget } from './reply.ts';
import { seal, unseal } from './sealed.ts';

const schema = z.object({
  openedBy: z.string(),
  target: z.object({
    userId: z.string(),
    channelId: z.string().optional(),
    responseUrl: z.string().optional(),
    onMessage: z.boolean().optional(),
    directTs: z.string().optional(),
  }),
  data: z.unknown(),
});

/** What a modal remembers from its opening to its submission. */
export interface FormMemory {
  readonly openedBy: string;
  /** Where the interaction that opened it can be answered. */
  readonly target: ReplyTarget;
  readonly data: unknown;
}

export const writeMemory = (memory: FormMemory, secret: string): string => seal(memory, secret);

/** `undefined` when anything was altered, or when somebody else opened the form. */
export function readMemory(text: string, userId: string, secret: string): FormMemory | undefined {
  const parsed = schema.safeParse(unseal(text, secret));
  if (!parsed.success || parsed.data.openedBy !== userId) return undefined;
  return parsed.data as FormMemory;
}
