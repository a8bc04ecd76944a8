import { styleText } from 'node:util';
import type { Finding } from './check.ts';

const MARKS = {
  right: { mark: '✓', colour: 'green' },
  wrong: { mark: '✗', colour: 'red' },
  unchecked: { mark: '–', colour: 'yellow' },
} as const satisfies Record<Finding['state'], unknown>;

/** One line: the mark, the name, what was found, and for a fault the remedy. */
export function lineOf(finding: Finding, colours: boolean): string {
  const { mark, colour } = MARKS[finding.state];
  const remedy = finding.state === 'wrong' ? ` → ${finding.remedy}` : '';
  const line = `${mark} ${finding.name}: ${finding.text}${remedy}`.replace(/\s+/g, ' ');
  return colours ? styleText(colour, line, { validateStream: false }) : line;
}

/** The last line: how many of each. */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (state: Finding['state']): number => findings.filter((it) => it.state === state).length;
  const left = count('unchecked');
  return `${count('right')} right, ${count('wrong')} wrong${left > 0 ? `, ${left} not checked` : ''}`;
}

/** Hides every secret among `texts`, whatever put it there. */
export function withoutSecrets(secrets: readonly string[]): (text: string) => string {
  const longestFirst = secrets.filter((secret) => secret.length > 2).sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), text);
}
