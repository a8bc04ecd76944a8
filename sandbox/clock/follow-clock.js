// Loaded before the bot (`node --import`), so that its Date follows the clock that the demo moves. Plain
// JavaScript, so that the bot starts with nothing more than `npm start` gives it.

const RealDate = Date;
let offsetMs = Number(process.env.SANDBOX_CLOCK_OFFSET_MS ?? 0);
const now = () => RealDate.now() + offsetMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

process.on('message', (message) => {
  if (typeof message.offsetMs === 'number') offsetMs = message.offsetMs;
});
// Without its demo the bot has nobody to work for.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
