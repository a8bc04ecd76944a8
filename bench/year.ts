import { yearBench } from './year-bench.ts';

await yearBench();
process.exit(0);
