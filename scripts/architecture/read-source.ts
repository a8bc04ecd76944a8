import { dirname, join } from 'node:path/posix';
import { type Program, parseSync, Visitor } from 'oxc-parser';

/** Something that a file takes from elsewhere. */
export interface Import {
  /** A path from the root of the project (`src/errors.ts`), or the name of a package as written (`node:fs`). */
  readonly target: string;
  /** It is gone once compiled, as with `import type`. */
  readonly isType: boolean;
  readonly line: number;
}

/** Something that is more than data in, data out: a look at the clock, a throw of the dice. */
export interface Effect {
  /** As written: `Date.now`. */
  readonly what: string;
  readonly line: number;
}

/** What the rules need to know of a file. */
export interface Source {
  /** From the root of the project, with slashes. */
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly Import[];
  readonly effects: readonly Effect[];
  /** Where it waits or hands out a wait: `async`, `await`. */
  readonly waits: readonly Effect[];
}

/** Globals that answer otherwise each time, wait, or reach out of the process. */
const EFFECTFUL = new Set([
  'Temporal',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);
const EFFECTFUL_MEMBERS = new Set(['Date.now', 'Math.random']);

/** What the file at `path` imports and does. Throws where `text` is no TypeScript. */
export function readSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const imports: Import[] = [];
  const take = (specifier: string, isType: boolean, offset: number): void => {
    const target = specifier.startsWith('.') ? join(dirname(path), specifier) : specifier;
    imports.push({ target, isType, line: lineOf(offset) });
  };
  for (const { moduleRequest, entries, start } of module.staticImports)
    take(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType), start);
  for (const { moduleRequest, isType, start } of module.staticExports.flatMap(({ entries }) => entries))
    if (moduleRequest) take(moduleRequest.value, isType, start);
  const effects: Effect[] = [];
  const waits: Effect[] = [];
  const act = (what: string, offset: number): void => void effects.push({ what, line: lineOf(offset) });
  const wait = (what: string, offset: number): void => void waits.push({ what, line: lineOf(offset) });
  visit(program, { take, act, wait });
  return { path, lineCount: text.trimEnd().split('\n').length, imports, effects, waits };
}

interface Notes {
  take(specifier: string, isType: boolean, offset: number): void;
  act(what: string, offset: number): void;
  wait(what: string, offset: number): void;
}

function visit(program: Program, { take, act, wait }: Notes): void {
  const enter = ({ async, start }: { readonly async: boolean; readonly start: number }): void => {
    if (async) wait('async', start);
  };
  new Visitor({
    ImportExpression: ({ source, start }) => {
      if (source.type === 'Literal' && typeof source.value === 'string') take(source.value, false, start);
      else act('import(…)', start);
    },
    TSImportType: ({ source, start }) => take(source.value, true, start),
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    ArrowFunctionExpression: enter,
    AwaitExpression: ({ start }) => wait('await', start),
    NewExpression: ({ callee, arguments: given, start }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0)
        act('new Date()', start);
    },
    CallExpression: ({ callee, start }) => {
      if (callee.type === 'Identifier' && (callee.name === 'Date' || EFFECTFUL.has(callee.name)))
        act(`${callee.name}()`, start);
    },
    MemberExpression: ({ object, property, start }) => {
      if (object.type !== 'Identifier' || property.type !== 'Identifier') return;
      const what = `${object.name}.${property.name}`;
      if (EFFECTFUL.has(object.name) || EFFECTFUL_MEMBERS.has(what)) act(what, start);
    },
  }).visit(program);
}
