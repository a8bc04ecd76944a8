import { useEffect, useState } from 'react';
import type { SlackState } from './model.ts';

const key = (me: string, channel: string) => `read:${me}:${channel}`;

const readUpTo = (me: string, channel: string) => localStorage.getItem(key(me, channel)) ?? '0';

/** Counts what came since this browser last showed each channel to this person. */
export function useUnread(state: SlackState | undefined, shown: string): SlackState | undefined {
  const [, setRead] = useState('');
  const last = state?.messages.filter((message) => message.channel === shown).at(-1)?.ts;
  const me = state?.me.id;
  useEffect(() => {
    if (me === undefined || last === undefined) return;
    localStorage.setItem(key(me, shown), last);
    setRead(`${me}${shown}${last}`);
  }, [me, shown, last]);
  if (state === undefined) return undefined;
  const channels = state.channels.map((channel) => {
    const since = readUpTo(state.me.id, channel.id);
    const unread = state.messages.filter(
      ({ channel: id, ts }) => id === channel.id && Number(ts) > Number(since),
    );
    return { ...channel, unread: channel.id === shown ? 0 : unread.length };
  });
  return { ...state, channels };
}
