// Part of `npm run check`: prints each place that breaks a rule of `docs/architecture.md`; prints nothing where none does.

import { projectSources } from './project-sources.ts';
import { violationsIn } from './rules.ts';

for (const { path, line, what, rule } of violationsIn(projectSources())) {
  process.stdout.write(`${path}:${line} ${what}\n  ${rule}\n`);
  process.exitCode = 1;
}
