import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { SlackFaults } from '../../sandbox/slack/faults.ts';
import { SlackRefusal } from '../../sandbox/slack/refusals.ts';
import { defaultSlackSeed } from '../../sandbox/slack/seed.ts';
import { Traffic } from '../../sandbox/slack/traffic.ts';
import { chat } from '../../sandbox/slack/web-api/chat.ts';
import { Workspace } from '../../sandbox/slack/workspace.ts';

/** The sandbox's Slack without its wire: what the announcer calls, as strict as ever. */
export interface ModelSlack {
  readonly client: WebClient;
  readonly workspace: Workspace;
  isDown: boolean;
}

export function createModelSlack(now: () => Date): ModelSlack {
  const traffic = new Traffic(now);
  const workspace = new Workspace({
    seed: defaultSlackSeed,
    now,
    traffic,
    faults: new SlackFaults(),
    scopes: ['chat:write'],
    commands: [],
  });
  const slack: ModelSlack = { client: undefined as never, workspace, isDown: false };
  const call = (method: string) => async (args: Record<string, unknown>) => {
    if (slack.isDown) throw new Error('Slack is down');
    try {
      return { ok: true, ...chat[method]?.run(workspace, structuredClone(args)) };
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      throw new WebAPIPlatformError({ ok: false, error: error.code, response_metadata: {} });
    }
  };
  const client = { chat: { postMessage: call('chat.postMessage'), update: call('chat.update') } };
  return Object.assign(slack, { client: client as unknown as WebClient });
}
