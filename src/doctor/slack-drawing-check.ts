import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import type { Sample } from '../slack/sample.ts';
import { type Check, type Outcome, right, unchecked, warning } from './check.ts';
import { explain } from './explain.ts';
import { slackNames } from './slack-app-checks.ts';

/** After so long no further sample is sent, ms. */
const LONGEST_MS = 20_000;
/** Told in full; the rest is counted. */
const MOST_TOLD = 3;

/** Slack's refusals of what it was shown (docs.slack.dev: blocks.validate). Any other error says nothing about that. */
const REFUSALS = ['invalid_blocks', 'invalid_message', 'invalid_view'];

const refusedSchema = z.object({
  errors: z
    .array(z.object({ pointer: z.string().optional(), message: z.string().optional() }))
    .optional()
    .catch(undefined),
});

/** Has Slack itself look at one of each message and view, which nobody gets to see. */
export const slackDrawingCheck = (
  client: () => WebClient,
  samples: () => Promise<readonly Sample[]>,
  now: () => Date,
): Check => ({
  name: 'Slack: messages and views',
  needs: [slackNames.token],
  run: async () => {
    const all = await samples();
    const { looked, refused, stopped } = await look(client(), all, now);
    if (refused.length > 0) return refusedOutcome(refused);
    if (stopped !== undefined) return unchecked(`${looked} of ${all.length} taken by Slack; ${stopped}`);
    return right(`Slack takes one of each, ${all.length} in all`);
  },
});

interface Looked {
  /** How many Slack has looked at. */
  readonly looked: number;
  /** Each with its name and Slack's words. */
  readonly refused: readonly string[];
  /** Why the rest was not sent. */
  readonly stopped: string | undefined;
}

/** One after the other: the method has rate limits of its own, which Slack does not tell. */
async function look(client: WebClient, samples: readonly Sample[], now: () => Date): Promise<Looked> {
  const refused: string[] = [];
  const endMs = now().getTime() + LONGEST_MS;
  for (const [looked, sample] of samples.entries()) {
    if (now().getTime() > endMs) return { looked, refused, stopped: 'the rest would have taken too long' };
    try {
      const words = await refusalOf(client, sample);
      if (words !== undefined) refused.push(`${sample.name} (${words})`);
    } catch (error) {
      return { looked, refused, stopped: stoppedText(error) };
    }
  }
  return { looked: samples.length, refused, stopped: undefined };
}

/** What Slack says against the sample, in its words; `undefined` where it takes it. */
async function refusalOf(client: WebClient, sample: Sample): Promise<string | undefined> {
  try {
    // A message's `text` is no part of what this method takes.
    await client.blocks.validate(
      'view' in sample ? { view: sample.view } : { message: { blocks: [...sample.message.blocks] } },
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError) || !REFUSALS.includes(error.data.error)) throw error;
    const { errors = [] } = refusedSchema.parse(error.data);
    const words = errors.map(({ pointer = '', message = '' }) => `${pointer} ${message}`.trim());
    return words.length === 0 ? error.data.error : words.slice(0, MOST_TOLD).join(', ');
  }
}

const stoppedText = (error: unknown): string =>
  error instanceof WebAPIPlatformError && error.data.error === 'unknown_method'
    ? 'this Slack has no blocks.validate, with which it would look at them'
    : explain(error).text;

function refusedOutcome(refused: readonly string[]): Outcome {
  const rest = refused.length - MOST_TOLD;
  const told = refused.slice(0, MOST_TOLD).join('; ');
  return warning(
    `Slack refuses ${told}${rest > 0 ? `, and ${rest} more` : ''}`,
    'report this line to the people who develop the bot: until it is mended, Slack may not show these',
  );
}
