import type { TestProject } from 'vitest/node';
import { built } from './built.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the bundle whose bot a world starts. @default that of the source */
    bundle?: string;
  }
}

/** Worlds start the bot that is built (`start-bot.ts`). */
export async function setup(project: TestProject): Promise<void> {
  project.provide('bundle', await built());
}
