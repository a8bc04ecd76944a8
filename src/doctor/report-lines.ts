import { styleText } from 'node:util';
import type { Finding } from './check.ts';

const MARKS = {
  right: { mark: '✓', colour: 'green' },
  wrong: { mark: '✗', colour: 'red' },
  warning: { mark: '!', colour: 'yellow' },
  unchecked: { mark: '–', colour: 'yellow' },
} as const satisfies Record<Finding['state'], unknown>;

/** One line: the mark, the name, what was found, and for a fault the remedy. */
export function lineOf(finding: Finding, colours: boolean): string {
  const { mark, colour } = MARKS[finding.state];
  const remedy = 'remedy' in finding ? ` → ${finding.remedy}` : '';
  const line = `${mark} ${finding.name}: ${finding.text}${remedy}`.replace(/\s+/g, ' ');
  return colours ? styleText(colour, line, { validateStream: false }) : line;
}

/** A line for each fault that other checks wait for, with their names. */
export function waitingLines(findings: readonly Finding[], colours: boolean): readonly string[] {
  const faults = new Set(findings.flatMap(({ waitsFor = [] }) => waitsFor));
  return [...faults].map((fault) => {
    const left = findings.filter(({ waitsFor }) => waitsFor === fault).map(({ name }) => name);
    const name = `Not checked, because ${fault}`;
    return lineOf({ name, state: 'unchecked', text: left.join(', ') }, colours);
  });
}

/** The last line: how many of each. */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (state: Finding['state']): number => findings.filter((it) => it.state === state).length;
  const left = count('unchecked');
  const warnings = count('warning');
  return [
    `${count('right')} right, ${count('wrong')} wrong`,
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
    ...(left > 0 ? [`${left} not checked`] : []),
  ].join(', ');
}
