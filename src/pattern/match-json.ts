import { isCondition } from './conditions.js';
import { compileSelector, elementsOf, textOf } from './json-select.js';
import { createJsonReader, type JsonNode, type JsonTape, jsonKinds, kindOf } from './json-tape.js';
import { compileComparison } from './match-value.js';
import type { Expression, JsonCondition, JsonPattern, Literal } from './syntax.js';

/** Compiles `{ … }` into a test of messages; what is not one JSON object never matches. */
export function compileJson({ condition }: JsonPattern): (message: string) => boolean {
  const read = createJsonReader();
  const test = compileExpression(condition);
  return (message) => {
    const tape = read(message);
    return tape !== undefined && test(tape);
  };
}

type TapeTest = (tape: JsonTape) => boolean;

function compileExpression(expression: Expression<JsonCondition>): TapeTest {
  if (isCondition(expression)) return compileCondition(expression);
  const tests = expression.parts.map(compileExpression);
  return expression.kind === 'all'
    ? (tape) => tests.every((test) => test(tape))
    : (tape) => tests.some((test) => test(tape));
}

function compileCondition(condition: JsonCondition): TapeTest {
  const select = compileSelector(condition.selector);
  if (condition.kind === 'missing') return (tape) => !select(tape, () => true);
  const passes = condition.kind === 'is' ? compileLiteral(condition.literal) : compileValue(condition);
  return (tape) => select(tape, passes);
}

type NodeTest = (tape: JsonTape, node: JsonNode) => boolean;

/** Strings and numbers can be compared; nothing else is equal or unequal to anything. */
function compileValue(condition: JsonCondition & { kind: 'equality' | 'order' }): NodeTest {
  const { text, number } = compileComparison(condition);
  return (tape, node) => {
    switch (kindOf(tape, node)) {
      case jsonKinds.string:
      case jsonKinds.escaped:
        return text(textOf(tape, node));
      case jsonKinds.number:
        return number(textOf(tape, node));
      default:
        return false;
    }
  };
}

function compileLiteral(literal: Literal): NodeTest {
  if (literal === 'TRUE') return (tape, node) => kindOf(tape, node) === jsonKinds.true;
  if (literal === 'FALSE') return (tape, node) => kindOf(tape, node) === jsonKinds.false;
  return (tape, node) => isNull(tape, node) || hasNull(tape, node);
}

function isNull(tape: JsonTape, node: JsonNode): boolean {
  return kindOf(tape, node) === jsonKinds.null;
}

function hasNull(tape: JsonTape, node: JsonNode): boolean {
  return kindOf(tape, node) === jsonKinds.array && elementsOf(tape, node).some((element) => isNull(tape, element));
}
