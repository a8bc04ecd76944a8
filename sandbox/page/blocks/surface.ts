import type { Option } from '@slack/types';
import { createContext, useContext } from 'react';

/** Which control of a message or view is meant; Slack's payloads name it so. */
export interface Control {
  readonly blockId: string;
  readonly actionId: string;
}

export type Filled = string | readonly string[] | null;

/** What the person can do on the message, modal or Home that a block stands in. */
export interface Surface {
  readonly press: (control: Control, value: string | undefined) => Promise<void>;
  readonly choose: (control: Control, values: readonly Option[]) => Promise<void>;
  readonly search: (control: Control, typed: string) => Promise<readonly Option[]>;
  /** Keeps what stands in an input until the view is submitted. */
  readonly fill: (control: Control, value: Filled) => void;
  /** What was filled in before, also when the view was redrawn. */
  readonly filled: (control: Control) => Filled | undefined;
  /** What the app said is wrong with an input, by its block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** True while an interaction is on its way: nothing can be pressed twice. */
  readonly busy: boolean;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

/** The surface around a control; a block is never drawn outside one. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === undefined) throw new Error('a block stands outside a message, modal or Home');
  return surface;
}
