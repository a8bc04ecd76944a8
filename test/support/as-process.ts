import type { World } from '../flows/world.ts';
import { type BotProcess, type BotProcessOptions, startBotProcess } from './bot-process.ts';

/** Puts the bot as a process of its own in the place of the world's. Resolves when Slack has it connected. */
export async function asProcess(
  { bot, slack, settings }: World,
  more: Readonly<Record<string, string>> = {},
  options: BotProcessOptions = {},
): Promise<BotProcess> {
  await bot.stop();
  await slack.until(() => slack.connections === 0);
  const process = startBotProcess({ ...settings, ...more }, options);
  await slack.connected();
  return process;
}
