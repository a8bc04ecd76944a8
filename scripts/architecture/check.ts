// Part of `npm run check`: prints each rule of `docs/architecture.md` that is broken, with the places; else nothing.

import { projectSources } from './project-sources.ts';
import { violationsIn } from './rules.ts';

const places = new Map<string, string[]>();
for (const { where, what, rule } of violationsIn(projectSources()))
  places.set(rule, [...(places.get(rule) ?? []), `  ${where} ${what}`]);
for (const [rule, lines] of places) process.stdout.write(`${rule}\n${lines.join('\n')}\n`);
if (places.size > 0) process.exitCode = 1;
