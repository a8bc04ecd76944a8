import { createContext, useContext } from 'react';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The names behind ids in texts, for mentions, and the people that a users menu offers. */
export interface Directory {
  readonly users: readonly Named[];
  readonly channels: readonly Named[];
  readonly groups: readonly Named[];
  readonly dark: boolean;
}

export const DirectoryContext = createContext<Directory>({
  users: [],
  channels: [],
  groups: [],
  dark: false,
});

export const useDirectory = (): Directory => useContext(DirectoryContext);
