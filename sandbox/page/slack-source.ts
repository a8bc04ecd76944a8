import type { Option } from '@slack/types';
import { useEffect, useRef, useState } from 'react';
import type { Control, Filled } from './blocks/surface.ts';
import type { Command } from './completion.ts';
import { ask, Refused, tell } from './control.ts';
import { follow } from './follow.ts';
import type { Place, SlackState } from './model.ts';
import { useUnread } from './use-unread.ts';

/** The sandbox's Slack as one person sees and uses it. */
export interface Slack {
  readonly state: SlackState;
  readonly commands: readonly Command[];
  /** True from a modal's submission until the app has answered. */
  readonly submitting: boolean;
  /** What went wrong with the last interaction, as Slack says it. */
  readonly notice: string | undefined;
  readonly dismiss: () => void;
  readonly say: (channel: string, text: string) => Promise<void>;
  readonly press: (place: Place, control: Control, value: string | undefined) => Promise<void>;
  readonly choose: (place: Place, control: Control, options: readonly Option[]) => Promise<void>;
  readonly search: (place: Place, control: Control, typed: string) => Promise<readonly Option[]>;
  readonly fill: (place: Place, control: Control, value: Filled) => void;
  readonly submit: (viewId: string) => Promise<void>;
  readonly close: (viewId: string) => Promise<void>;
  readonly openHome: () => Promise<void>;
}

/** The state as this person sees it; `nobody` where there is no such person, `undefined` until it is read. */
function useSlackState(as: string): SlackState | 'nobody' | undefined {
  const [state, setState] = useState<SlackState>();
  const [nobody, setNobody] = useState<string>();
  useEffect(() => {
    const read = () =>
      ask<SlackState>(`/control/state?as=${encodeURIComponent(as)}`).catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        return undefined;
      });
    const stop = follow('/control/events', read, (fresh) => {
      if (fresh !== undefined) return setState(fresh);
      stop();
      setNobody(as);
    });
    return stop;
  }, [as]);
  if (nobody === as) return 'nobody';
  return state?.me.id === as ? state : undefined;
}

function useCommands(): readonly Command[] {
  const [commands, setCommands] = useState<readonly Command[]>([]);
  useEffect(() => void ask<readonly Command[]>('/commands.json').then(setCommands), []);
  return commands;
}

/** Slack has codes for what an app did wrong, none for what its own client does not let one do. */
const noticeOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^not_possible: /, '');

/** Everything the page does with Slack, as the person `as`, who looks at `channel`. */
export function useSlack(as: string, channel: string): Slack | 'nobody' | undefined {
  const read = useSlackState(as);
  const state = useUnread(read === 'nobody' ? undefined : read, channel);
  const commands = useCommands();
  const [notice, setNotice] = useState<string>();
  const [submitting, setSubmitting] = useState(false);
  // Inputs travel one after the other, and before the submission that needs them.
  const filling = useRef(Promise.resolve());
  if (read === 'nobody') return read;
  if (state === undefined) return undefined;

  const act = async <T>(what: object): Promise<T | undefined> => {
    setNotice(undefined);
    try {
      return await tell<T>('/control/act', { as, ...what });
    } catch (error) {
      setNotice(noticeOf(error));
      return undefined;
    }
  };
  return {
    state,
    commands,
    submitting,
    notice,
    dismiss: () => setNotice(undefined),
    say: (channel, text) => act({ do: 'command', channel, text }),
    press: (place, control, value) => act({ do: 'press', place, control, value }),
    choose: (place, control, options) => act({ do: 'choose', place, control, options }),
    search: async (place, control, typed) =>
      (await act<{ options: readonly Option[] }>({ do: 'search', place, control, typed }))?.options ?? [],
    fill: (place, control, value) => {
      filling.current = filling.current.then(() => act({ do: 'fill', place, control, value }));
    },
    submit: async (viewId) => {
      setSubmitting(true);
      await filling.current;
      await act({ do: 'submit', viewId });
      setSubmitting(false);
    },
    close: (viewId) => act({ do: 'close', viewId }),
    openHome: () => act({ do: 'openHome' }),
  };
}
