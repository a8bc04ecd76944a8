import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const readme = textOf('README.md');
const ci = textOf('.ci/run');

/** npm itself runs those around others. */
const asked = Object.keys(scripts).filter((name) => !/^(pre|post)/.test(name));

describe('the scripts of package.json', () => {
  it.each(asked)('%s is in the README', (name) => {
    expect(readme).toMatch(new RegExp(`\\bnpm (run )?${name}\\b(?!:)`));
  });

  it('are named in the README only where they are there', () => {
    const named = [...readme.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => scripts[name ?? ''] === undefined)).toEqual([]);
  });

  it('that test and check are all run by .ci/run', () => {
    const missing = asked.filter(
      (name) => /^(test|check)/.test(name) && !new RegExp(`^tests ${name} |npm run ${name} `, 'm').test(ci),
    );
    expect(missing).toEqual([]);
  });
});
