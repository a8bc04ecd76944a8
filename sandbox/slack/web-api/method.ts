import type { Json } from '../json.ts';
import type { SlackChannel } from '../state.ts';
import type { Workspace } from '../workspace.ts';

/** One method of the Web API. Refusals are thrown as `SlackRefusal`; what it gives is the answer beside `ok`. */
export interface Method {
  /** @default 'bot' */
  readonly token?: 'bot' | 'app';
  /** The scope it needs, by its method page; some need one by the kind of channel. */
  readonly scope?: string | ((workspace: Workspace, args: Json) => string | undefined);
  readonly run: (workspace: Workspace, args: Json) => Json;
}

const prefixes: Record<SlackChannel['kind'], string> = { public: 'channels', private: 'groups', im: 'im' };

/** The scope for reading a channel: `channels:`, `groups:` or `im:` with `right` (`read`, `history`). */
export const scopeByKind =
  (right: 'read' | 'history') =>
  (workspace: Workspace, args: Json): string | undefined => {
    const channel = workspace.state.channels.get(String(args.channel));
    return `${prefixes[channel?.kind ?? 'public']}:${right}`;
  };

/** Form-encoded calls carry booleans as text. */
export const isOn = (value: unknown): boolean => value === true || value === 'true' || value === '1';
