const day = 24 * 60 * 60 * 1000;

const shapes: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { month: 'long', day: 'numeric' },
  date_long: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
  date_long_full: { month: 'long', day: 'numeric', year: 'numeric' },
  date_short: { month: 'short', day: 'numeric', year: 'numeric' },
  date_slash: { month: '2-digit', day: '2-digit', year: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

function nearby(date: Date, now: Date): string | undefined {
  const midnight = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  const days = Math.round((midnight(date) - midnight(now)) / day);
  return Math.abs(days) > 1
    ? undefined
    : new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(days, 'day');
}

function ago(date: Date, now: Date): string {
  const minutes = Math.round((date.getTime() - now.getTime()) / 60_000);
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 24 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / (24 * 60)), 'day');
}

/**
 * A date as Slack writes `<!date^seconds^format|fallback>`: in the reader's own zone, today's neighbours by name
 * where the token ends in `_pretty` (docs.slack.dev/messaging/formatting-message-text). An unknown token stays.
 */
export function slackDate(seconds: number, format: string, now: Date): string {
  const date = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (token, name: string) => {
    if (name === 'ago') return ago(date, now);
    if (name === 'date_num')
      return `${date.getFullYear()}-${`${date.getMonth() + 1}`.padStart(2, '0')}-${`${date.getDate()}`.padStart(2, '0')}`;
    const pretty = name.endsWith('_pretty') ? nearby(date, now) : undefined;
    if (pretty !== undefined) return pretty;
    const shape = shapes[name.replace(/_pretty$/, '')];
    return shape === undefined ? token : new Intl.DateTimeFormat('en-US', shape).format(date);
  });
}
