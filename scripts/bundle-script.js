// The bundle as one script of V8's, so that what V8 made of it once can be kept beside it: a third of what a start costs.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { constants, Script } from 'node:vm';

/** What stands around the bundle: Node's names of a CommonJS module, for it is run by hand. */
export const AROUND = ['(function (exports, require, module, __filename, __dirname) {', '})'];

/**
 * @param {string} file Absolute path of the bundle.
 * @param {Buffer} [compiled] What V8 made of it, of `compiledData` below; one of another version of V8 is left aside
 *   (nodejs.org/api/vm.html#new-vmscriptcode-options).
 */
export function readBundle(file, compiled) {
  // The build writes nothing but ASCII: read as such, a character takes one byte of memory.
  const script = new Script(readFileSync(file, 'latin1'), {
    // As traces show it. Not its whole path: V8 keeps that of the place where it was compiled.
    filename: basename(file),
    cachedData: compiled,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return {
    /** Runs it and answers what it exports. */
    run() {
      const module = { exports: {} };
      script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
      return module.exports;
    },
    /** What V8 has made of it so far, of the functions that have run. */
    compiledData: () => script.createCachedData(),
    /** Whether V8 took what was compiled. */
    isTaken: script.cachedDataRejected === false,
  };
}
