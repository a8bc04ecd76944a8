import * as z from 'zod';

/** What else people copy from the pages of a Slack app, and what it is. */
const KINDS: readonly (readonly [look: RegExp, what: string])[] = [
  [/^xoxb-/, 'this is a bot token, for SLACK_BOT_TOKEN'],
  [/^xapp-/, 'this is an app-level token, for SLACK_APP_TOKEN'],
  [/^xox[pa]-/, "this is a person's token, so take the Bot User OAuth Token"],
  [/^xoxe[.-]/, 'this token ends after hours: make the app without token rotation'],
  [/^[0-9a-f]{32}$/i, 'this looks like one of the Basic Information: a signing secret, or a client secret'],
];

function token(begins: string, expected: string) {
  const right = new RegExp(`^${begins}[!-~]+$`);
  return z
    .string()
    .transform((text) => text.trim())
    .superRefine((text, context) => {
      if (right.test(text) && !text.endsWith('...')) return;
      const what = KINDS.find(([look]) => look.test(text))?.[1];
      const isBroken = text.startsWith(begins);
      const hint = isBroken ? 'this one is cut or holds what no token has' : what;
      context.addIssue({
        code: 'custom',
        message: hint === undefined ? expected : `${expected}; ${hint}`,
      });
    });
}

export const botToken = token('xoxb-', 'a bot token, xoxb-…');
export const appToken = token('xapp-', 'an app-level token, xapp-…');

/** Slack's are 32 hexadecimal digits; what is known to be something else is refused. */
export const signingSecret = z
  .string()
  .min(1)
  .refine((text) => !/^\s*(xox|xapp-)/.test(text), 'the Signing Secret of the app; this is a token');
