import type { Config } from '../config.ts';

type Switches = Pick<
  Config,
  'DIGEST_CRON' | 'END_SESSIONS' | 'NOTIFY_USERS' | 'RETENTION' | 'WATCH_INTERVAL' | 'WORKSPACE_OWNERS_DECIDE'
>;
type Said = Switches & Pick<Config, 'DIGEST_TIMEZONE' | 'FOUR_EYES'>;

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
