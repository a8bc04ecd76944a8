import { arch, cpus, platform } from 'node:os';
import { table } from './measure.ts';
import { platformBench } from './platform-bench.ts';
import { slackBench } from './slack-bench.ts';

// `npm run bench`: prints a table for the README. Nothing here fails: goals are judged by whoever reads it.

const { model, count } = { model: cpus()[0]?.model ?? 'unknown', count: cpus().length };
process.stdout.write(`Node ${process.version}, ${platform()} ${arch()}, ${count} × ${model}\n\n`);
const lines = [...(await slackBench()), ...(await platformBench())];
process.stdout.write(`${table(lines)}\n`);
process.exit(0);
