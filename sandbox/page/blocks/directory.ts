import { createContext, useContext } from 'react';
import type { Names } from '../model.ts';

/** The names behind ids in texts, for mentions, and the people that a users menu offers. */
export interface Directory {
  readonly names: Names;
  readonly users: Names['users'];
  readonly dark: boolean;
}

export const DirectoryContext = createContext<Directory>({
  names: { users: [], channels: [], groups: [] },
  users: [],
  dark: false,
});

export const useDirectory = (): Directory => useContext(DirectoryContext);
