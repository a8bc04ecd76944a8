import { parseArgs } from 'node:util';
import { type Demo, startDemo } from './demo/start-demo.ts';

// `npm run demo`: the bot against a Slack and a Wallaroo of its own, with a page to try it on.

const USAGE = `npm run demo                    the bot, a Slack and a Wallaroo, with a page at port 4000
npm run demo -- --port 4100     the same, with the page at another port; 0: any free one
npm run demo -- --host 0.0.0.0  lets others reach the page, as a container has to
npm run demo -- --help          says this
`;

function placeWanted(): { readonly port: number; readonly host: string } {
  const port = { type: 'string', default: '4000' } as const;
  const host = { type: 'string', default: '127.0.0.1' } as const;
  const help = { type: 'boolean', short: 'h', default: false } as const;
  const { values } = parseArgs({ options: { port, host, help } });
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  if (/^\d+$/.test(values.port) && Number(values.port) <= 65_535)
    return { port: Number(values.port), host: values.host };
  throw new Error(`expected a port from 0 to 65535, not ${values.port}`);
}

function placeOrEnd(): { readonly port: number; readonly host: string } {
  try {
    return placeWanted();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

function welcome({ url }: Demo): string {
  return `
  Wallaroo in Slack, to try out:  ${url}

  Be one of:
    Ada Quist, Ben Okafor    administrators of the bot: they change users and decide requests
    Steve Novak, Mia Berg    members: what they want changed becomes a request
    Priya Raman              a member who has no user in Wallaroo yet
    Gus, Gia, Xeno           two guests and somebody of another company: they change nothing

  Type in #wallaroo-license:
    as Ada     /wallaroo users
    as Mia     /wallaroo activate me for 7 days back in the fraud team
    as Priya   /wallaroo me

  Ctrl-C ends it.
`;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

const starting = startDemo(placeOrEnd());

let isStopping = false;
const stop = async (exitCode: number) => {
  if (isStopping) return;
  isStopping = true;
  await (await starting).stop();
  process.exit(exitCode);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  const demo = await starting;
  if (!isStopping) say(welcome(demo));
  const how = await demo.botEnded;
  if (!isStopping) say(`The bot has ended (${how}), so the demo ends too.`);
  await stop(1);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
