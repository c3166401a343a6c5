import { isWildcard } from './conditions.js';
import { behind, endOf, inside, type JsonNode, type JsonTape, jsonKinds, kindOf, startOf } from './json-tape.js';
import type { Selector, Step, Wildcard } from './syntax.js';

/** Whether a selector leads to a value that passes a test. */
export type Selection = (tape: JsonTape, passes: (tape: JsonTape, node: JsonNode) => boolean) => boolean;

/** Compiles a selector, which has at most one wildcard. */
export function compileSelector({ steps }: Selector): Selection {
  const wildcardAt = steps.findIndex(isWildcard);
  const wildcard = steps.find(isWildcard);
  if (wildcard === undefined) {
    return (tape, passes) => {
      const node = follow(tape, 0, steps);
      return node !== nowhere && passes(tape, node);
    };
  }
  const before = steps.slice(0, wildcardAt);
  const after = steps.slice(wildcardAt + 1);
  return (tape, passes) => {
    const holder = follow(tape, 0, before);
    if (holder === nowhere) return false;
    return valuesOf(tape, holder, wildcard).some((value) => {
      const node = follow(tape, value, after);
      return node !== nowhere && passes(tape, node);
    });
  };
}

/** The text of a string, or of a number as it was written. */
export function textOf(tape: JsonTape, node: JsonNode): string {
  const start = startOf(tape, node);
  const end = endOf(tape, node);
  if (kindOf(tape, node) !== jsonKinds.escaped) return tape.message.slice(start, end);
  return JSON.parse(tape.message.slice(start - 1, end + 1)) as string;
}

/** The elements of an array. */
export function elementsOf(tape: JsonTape, array: JsonNode): readonly JsonNode[] {
  const elements: JsonNode[] = [];
  const end = behind(tape, array);
  for (let node = inside(array); node < end; node = behind(tape, node)) elements.push(node);
  return elements;
}

const nowhere = -1;

function follow(tape: JsonTape, start: JsonNode, steps: readonly Step[]): JsonNode {
  let node = start;
  for (const step of steps) {
    if (step.kind === 'name') node = memberOf(tape, node, step.name);
    if (step.kind === 'index') node = elementOf(tape, node, step.index);
    if (node === nowhere) return nowhere;
  }
  return node;
}

/** The value of a key: the last one, where the key is repeated. */
function memberOf(tape: JsonTape, object: JsonNode, name: string): JsonNode {
  if (kindOf(tape, object) !== jsonKinds.object) return nowhere;
  const end = behind(tape, object);
  let found = nowhere;
  for (let key = inside(object); key < end; key = behind(tape, inside(key))) {
    if (isText(tape, key, name)) found = inside(key);
  }
  return found;
}

function isText(tape: JsonTape, node: JsonNode, text: string): boolean {
  if (kindOf(tape, node) === jsonKinds.escaped) return textOf(tape, node) === text;
  const start = startOf(tape, node);
  return endOf(tape, node) - start === text.length && tape.message.startsWith(text, start);
}

function elementOf(tape: JsonTape, array: JsonNode, index: number): JsonNode {
  if (kindOf(tape, array) !== jsonKinds.array) return nowhere;
  const end = behind(tape, array);
  let node = inside(array);
  for (let left = index; left > 0 && node < end; left -= 1) node = behind(tape, node);
  return node < end ? node : nowhere;
}

function valuesOf(tape: JsonTape, holder: JsonNode, { kind }: Wildcard): readonly JsonNode[] {
  if (kindOf(tape, holder) === jsonKinds.array) return kind === 'elements' ? elementsOf(tape, holder) : [];
  return kindOf(tape, holder) === jsonKinds.object ? membersOf(tape, holder) : [];
}

function membersOf(tape: JsonTape, object: JsonNode): readonly JsonNode[] {
  const members = new Map<string, JsonNode>();
  const end = behind(tape, object);
  for (let key = inside(object); key < end; key = behind(tape, inside(key))) {
    members.set(textOf(tape, key), inside(key));
  }
  return [...members.values()];
}
