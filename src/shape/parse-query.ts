import { compile, isRegistered, TreeInterpreter, tokenize } from '@jmespath-community/jmespath';
import { quote, UsageError } from '../errors.js';

/** A JMESPath expression, parsed. */
export type QueryTree = ReturnType<typeof compile>;

const example = "try 'status' or '{path: path, ms: latencyMs}'";

/** Parses a JMESPath expression; what is wrong with it whatever the message, down to its functions, is a usage error. */
export function parseQuery(expression: string, flag: string): QueryTree {
  const refuse = (problem: string, fix = example): never => {
    throw new UsageError({ flag, value: expression, problem, fix });
  };
  if (expression.trim() === '') refuse('is empty');
  const open = openQuoteAt(expression);
  if (open !== undefined) refuse(`has a ${expression.charAt(open)} without its other one at ${columnOf(open)}`);
  const tree = attempt(() => compile(expression));
  if (tree instanceof Error) {
    const { start, text } = firstMistake(expression, tree.message);
    const what = text === '' ? 'ends too soon' : `does not go on with ${quote(text)}`;
    return refuse(`is not a JMESPath expression: it ${what} at ${columnOf(start)}`);
  }
  const assigned = assignmentAt(expression);
  if (assigned !== undefined) refuse(`has a = that assigns nothing at ${columnOf(assigned)}`, 'write == to compare');
  for (const call of callsIn(tree)) {
    const at = columnOf(tokenize(expression).find(({ value }) => value === call.name)?.start ?? 0);
    if (!isRegistered(call.name)) refuse(`calls ${call.name}() at ${at}, which is no function of JMESPath`);
    const failure = attempt(() => TreeInterpreter.search(withoutArguments(call), null));
    const arity = failure instanceof Error ? /^Invalid arity: (.+)$/.exec(failure.message)?.[1] : undefined;
    if (arity !== undefined) refuse(`has a wrong number of arguments at ${at}: ${arity}`);
  }
  const failure = attempt(() => TreeInterpreter.search(tree, null));
  const variable = failure instanceof Error ? /undefined variable (\w+)/.exec(failure.message)?.[1] : undefined;
  if (variable !== undefined) {
    const at = columnOf(expression.indexOf(`$${variable}`));
    refuse(`has a $${variable} at ${at} that no let defines`, 'leave the $ out for a member');
  }
  return tree;
}

/** What is thrown as a value. */
function attempt<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function columnOf(index: number): string {
  return `column ${index + 1}`;
}

/** The library takes what is quoted to the end of the text, too. */
function openQuoteAt(expression: string): number | undefined {
  const quoted = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|(['"`])/gs;
  for (const { 1: open, index } of expression.matchAll(quoted)) if (open !== undefined) return index;
  return undefined;
}

/**
 * Where an expression goes wrong, which the library does not say: at the last word of the shortest beginning that is
 * wrong in the same way.
 */
function firstMistake(expression: string, message: string): { readonly start: number; readonly text: string } {
  for (let end = 1; end <= expression.length && !/\bEOF\b/.test(message); end += 1) {
    const beginning = expression.slice(0, end);
    const failure = attempt(() => compile(beginning));
    if (!(failure instanceof Error) || failure.message !== message) continue;
    const tokens = attempt(() => tokenize(beginning));
    const start = tokens instanceof Error ? startOfWord(beginning) : (tokens.at(-1)?.start ?? 0);
    return { start, text: beginning.slice(start).trim() };
  }
  return { start: expression.length, text: '' };
}

/** Of the last word, which is none: a character, or what stands between backticks and is no JSON. */
function startOfWord(text: string): number {
  return text.endsWith('`') ? text.lastIndexOf('`', text.length - 2) : text.length - 1;
}

/** The place of a `=` outside of `let $name = value`, which the library takes for a binding and drops. */
function assignmentAt(expression: string): number | undefined {
  const tokens: readonly { readonly type: string; readonly start: number }[] = tokenize(expression);
  return tokens.find(({ type }, at) => type === 'Assign' && tokens[at - 1]?.type !== 'Variable')?.start;
}

type Call = Extract<QueryTree, { readonly type: 'Function' }>;

/** The calls of functions anywhere in an expression, also where its value for nothing does not come by. */
function callsIn(node: unknown): readonly Call[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && node.type === 'Function' ? [node as Call] : [];
  return [...own, ...Object.values(node).flatMap(callsIn)];
}

/** So many arguments, whatever they are. */
function withoutArguments({ name, children }: Call): Call {
  return { type: 'Function', name, children: children.map(() => ({ type: 'Literal', value: null })) };
}
