import { arch, cpus, platform } from 'node:os';
import { listBench } from './list-bench.ts';
import { type Line, table } from './measure.ts';
import { platformBench } from './platform-bench.ts';
import { slackBench } from './slack-bench.ts';
import { yearBench } from './year-bench.ts';

// `npm run bench`: prints a table for the README. Nothing here fails: goals are judged by the reader.

const { model, count } = { model: cpus()[0]?.model ?? 'unknown', count: cpus().length };
process.stdout.write(`Node ${process.version}, ${platform()} ${arch()}, ${count} × ${model}\n\n`);
// `npm run bench year` measures that part alone.
const parts = { slack: slackBench, platform: platformBench, list: listBench, year: yearBench };
const wanted = process.argv.slice(2);
const lines: Line[] = [];
for (const [name, part] of Object.entries(parts))
  if (wanted.length === 0 || wanted.includes(name)) lines.push(...(await part()));
process.stdout.write(`${table(lines)}\n`);
process.exit(0);
