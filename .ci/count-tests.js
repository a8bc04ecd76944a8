import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Prints `N passed, N failed`: the tests of vitest's JSON reports in a folder, summed up, and one failure for each stage
 * that failed without a failed test (a check, a time limit, an error outside of tests). Fails unless tests ran and
 * nothing failed.
 */
const [folder = '.', ...failedStages] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const told = new Set();
for (const name of readdirSync(folder)) {
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  // A file that could not even be loaded has no tests to fail.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  passed += report.numPassedTests;
  failed += report.numFailedTests + unloaded;
  if (report.numFailedTests + unloaded > 0) told.add(name.replace(/\.json$/, ''));
}
failed += failedStages.filter((stage) => !told.has(stage)).length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
