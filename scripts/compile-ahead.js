// Has V8 compile what a start of the bot runs, and keeps that beside the bundle: FILE.compiled. A process of its own, as
// what it loads stays loaded.

import { writeFileSync } from 'node:fs';
import { readBundle } from './bundle-script.js';

const [file] = process.argv.slice(2);
const bundle = readBundle(file);
await bundle.run().load.bot();
writeFileSync(`${file}.compiled`, bundle.compiledData());
process.exit();
