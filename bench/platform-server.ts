import { enterpriseSeed } from '../sandbox/wallaroo/seeds/enterprise-seed.ts';
import { startWallaroo } from '../sandbox/wallaroo/start-wallaroo.ts';

// The platform in a process of its own, so that its work does not count as the client's.

const users = Number(process.argv[2] ?? 10_000);
const switches = { sdkAccessSeconds: 3600 };
const { url, account, state } = await startWallaroo({ seed: enterpriseSeed({ users }), switches });
process.send?.({ url, account });
// How many others switch, outside Slack.
process.on('message', (many: number) => {
  const some = [...state.users.values()]
    .filter(({ email }) => email?.endsWith('@big.example'))
    .slice(0, many);
  for (const { id, enabled } of some) state.setEnabled(id, !enabled);
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
