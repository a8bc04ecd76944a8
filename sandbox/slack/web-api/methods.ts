import { about } from './about.ts';
import { blocks } from './blocks.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import type { Method } from './method.ts';
import { people } from './people.ts';
import { views } from './views-methods.ts';

/** Every method that the sandbox knows; any other is an `unknown_method`. */
export const methods: Readonly<Record<string, Method>> = {
  ...about,
  ...blocks,
  ...chat,
  ...conversations,
  ...files,
  ...people,
  ...views,
};
