import { startWallaroo } from '../sandbox/wallaroo/start-wallaroo.ts';

// The platform in a process of its own, so that its work does not count as the client's.

const { url, account } = await startWallaroo({ seed: 'enterprise', switches: { sdkAccessSeconds: 3600 } });
process.send?.({ url, account });
process.on('disconnect', () => process.exit(0));
