import { compile, TreeInterpreter } from '@jmespath-community/jmespath';
import { UsageError } from '../errors.js';

/** Turns a message into what is wanted of it. */
export type MessageShape = (message: string) => string;

/**
 * Compiles a JMESPath expression: of a JSON message it makes the result, text as it is and anything else as JSON on one
 * line (`null` where there is nothing, or where a function does not take what there is); a message that is not JSON stays as it is.
 */
export function createQuery(expression: string, flag: string): MessageShape {
  const tree = parse(expression, flag);
  // A function that does not exist is told by calling it only.
  evaluate(tree, null, expression, flag);
  return (message) => {
    const value = parseJson(message);
    if (value === undefined) return message;
    const result = evaluate(tree, value, expression, flag);
    const text = typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null');
    return text.includes(longMark) ? text.replace(markedNumber, '$1').replaceAll(longMark, '') : text;
  };
}

type Tree = ReturnType<typeof compile>;

function parse(expression: string, flag: string): Tree {
  if (expression.trim() === '') throw new UsageError({ flag, value: expression, problem: 'is empty', fix: example });
  try {
    return compile(expression);
  } catch (error) {
    throw refused(expression, flag, error);
  }
}

function evaluate(tree: Tree, value: JsonValue, expression: string, flag: string): unknown {
  try {
    return TreeInterpreter.search(tree, value);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Unknown function')) throw refused(expression, flag, error);
    // A function that does not take what this message holds: one message without a field is no reason to stop.
    return null;
  }
}

const example = "try 'status' or '{path: path, ms: latencyMs}'";

function refused(expression: string, flag: string, error: unknown): UsageError {
  const said = error instanceof Error ? error.message : String(error);
  const problem = `is not a JMESPath expression that works here: ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
  return new UsageError({ flag, value: expression, problem: problem.replace(/\.$/, ''), fix: example });
}

/** Numbers that a double does not hold are texts with this mark while they are worked with, and keep their digits. */
const longMark = '\ue000';
const longNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;
const markedNumber = new RegExp(`"${longMark}(-?\\d+)"`, 'g');

function markLong(token: string): string {
  return token.startsWith('"') ? token : `"${longMark}${token}"`;
}

type JsonValue = Parameters<typeof TreeInterpreter.search>[1];

function parseJson(text: string): JsonValue | undefined {
  if (!/^\s*[{["\d-]|^\s*(?:true|false|null)\s*$/.test(text)) return undefined;
  try {
    return JSON.parse(/\d{16}/.test(text) ? text.replace(longNumber, markLong) : text) as JsonValue;
  } catch {
    return undefined;
  }
}
