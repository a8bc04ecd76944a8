/** The settings that switch something off; times in ms. */
export interface Switches {
  readonly DIGEST_CRON: string;
  readonly END_SESSIONS: boolean;
  readonly NOTIFY_USERS: boolean;
  readonly RETENTION: number;
  readonly WATCH_INTERVAL: number;
  readonly WORKSPACE_OWNERS_DECIDE: boolean;
}

interface Said extends Switches {
  readonly DIGEST_TIMEZONE: string;
  readonly FOUR_EYES: boolean;
}

/** What each setting switches off, in the words of log and health. */
const OFF: readonly (readonly [name: string, isOff: (switches: Switches) => boolean])[] = [
  ['digest', ({ DIGEST_CRON }) => DIGEST_CRON === ''],
  ['watch', ({ WATCH_INTERVAL }) => WATCH_INTERVAL === 0],
  ['telling people of their accounts', ({ NOTIFY_USERS }) => !NOTIFY_USERS],
  ['decisions of workspace owners', ({ WORKSPACE_OWNERS_DECIDE }) => !WORKSPACE_OWNERS_DECIDE],
  ['ending sessions', ({ END_SESSIONS }) => !END_SESSIONS],
  ['clearing what is old', ({ RETENTION }) => RETENTION === 0],
];

/** What the settings switch off, so that nobody waits for it: `digest, watch`, or `nothing`. */
export function switchedOff(switches: Switches): string {
  const names = OFF.filter(([, isOff]) => isOff(switches)).map(([name]) => name);
  return names.length === 0 ? 'nothing' : names.join(', ');
}

/** For the line that the log has once the bot runs. */
export const saidAtStart = (config: Said) => ({
  digest: config.DIGEST_CRON === '' ? 'off' : `${config.DIGEST_CRON} ${config.DIGEST_TIMEZONE}`,
  watch: config.WATCH_INTERVAL === 0 ? 'off' : `every ${config.WATCH_INTERVAL / 1000} s`,
  fourEyes: config.FOUR_EYES,
  off: switchedOff(config),
});
