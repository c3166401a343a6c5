import { TreeInterpreter } from '@jmespath-community/jmespath';
import { withDigitsOf } from '../json-value.js';
import { parseQuery, type QueryTree } from './parse-query.js';

/** Turns a message into what is wanted of it. */
export type MessageShape = (message: string) => string;

/**
 * Compiles a JMESPath expression: of a JSON message it makes the result, text as it is and anything else as JSON on one
 * line (`null` where there is nothing, or where a function does not take what there is); a message that is not JSON stays
 * as it is. Long numbers keep their digits, as far as they can be told apart by sixteen of them.
 */
export function createQuery(expression: string, flag: string): MessageShape {
  const tree = parseQuery(expression, flag);
  return (message) => {
    const value = parseJson(message);
    if (value === undefined) return message;
    const result = evaluate(tree, value);
    return typeof result === 'string' ? result : withDigitsOf(message, JSON.stringify(result) ?? 'null');
  };
}

type JsonValue = Parameters<typeof TreeInterpreter.search>[1];

function evaluate(tree: QueryTree, value: JsonValue): unknown {
  try {
    return TreeInterpreter.search(tree, value);
  } catch {
    // A function that does not take what this message holds: one message without a field is no reason to stop.
    return null;
  }
}

function parseJson(text: string): JsonValue | undefined {
  if (!/^\s*[{["\d-]|^\s*(?:true|false|null)\s*$/.test(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
