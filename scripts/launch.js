#!/usr/bin/env node
// The first file of what is built: runs the bundle beside it.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readBundle } from './bundle-script.js';

/** The build puts its name in: it tells the content, so none is ever run with what was compiled of another. */
const file = fileURLToPath(new URL(process.env.BUNDLE, import.meta.url));
const compiled = `${file}.compiled`;
readBundle(file, existsSync(compiled) ? readFileSync(compiled) : undefined)
  .run()
  .main();
