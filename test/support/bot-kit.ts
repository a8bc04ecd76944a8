import { App } from '@slack/bolt';
import { type Logger, pino } from 'pino';
import { afterEach } from 'vitest';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/start-slack.ts';
import { type Access, createAccess } from '../../src/access/access-service.ts';
import { route, type Subcommand } from '../../src/slack/command-router.ts';
import { Dispatcher } from '../../src/slack/dispatcher.ts';
import { slackLogger } from '../../src/slack/log.ts';
import { createSlackClients, interactiveOptions, type SlackClients } from '../../src/slack/slack-clients.ts';

/** A clock that moves only when told. */
export interface TestClock {
  readonly now: () => Date;
  advance(ms: number): void;
}

export function testClock(start = '2026-11-25T12:00:00Z'): TestClock {
  let nowMs = Date.parse(start);
  return {
    now: () => new Date(nowMs),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

/** The Slack kit as the bot has it, connected to the sandbox's Slack, for trying one feature. */
export interface BotKit {
  readonly slack: SlackSandbox;
  readonly clients: SlackClients;
  readonly access: Access;
  readonly dispatcher: Dispatcher;
  readonly log: Logger;
  /** Connects, with the subcommands of the feature. Administrators are `S0ADMINS`: Ada and Ben. */
  start(subcommands?: readonly Subcommand[]): Promise<void>;
}

const stopping: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stopping.splice(0).reverse()) await stop();
});

/** A Slack and the kit, stopped after the test. */
export async function botKit(clock: TestClock): Promise<BotKit> {
  const slack = await startSlack();
  stopping.push(() => slack.stop());
  const log: Logger = pino({ level: 'silent' });
  const logger = slackLogger(log);
  const clients = createSlackClients(slack.botToken, slack.apiUrl, logger);
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logger,
    clientOptions: interactiveOptions(slack.apiUrl, logger),
  });
  const access = createAccess({
    client: clients.interactive,
    log,
    now: clock.now,
    ownTeam: { teamId: slack.workspace.state.team.id },
    admins: ['S0ADMINS'],
    members: undefined,
  });
  const dispatcher = new Dispatcher({
    app,
    client: clients.interactive,
    log,
    authorize: access.authorize,
    administrators: '<!subteam^S0ADMINS>',
    monotonicMs: () => clock.now().getTime(),
    secret: 'tests-only',
  });
  return {
    slack,
    clients,
    access,
    dispatcher,
    log,
    start: async (subcommands = []) => {
      dispatcher.command('/wallaroo', (arrival) =>
        route(dispatcher, { subcommands, helpActionId: 'help' }, arrival),
      );
      await app.start();
      stopping.push(async () => {
        await dispatcher.idle();
        await app.stop();
      });
      await slack.connected();
    },
  };
}
