import { isObject, type JsonValue } from './json-document.js';
import { invalidCharacters, PatternError } from './pattern-error.js';
import type { PatternScanner } from './pattern-scanner.js';

/** A path into a JSON object: `$.user.roles[0]`. */
export type Selector = readonly Step[];

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'members' }
  | { readonly kind: 'elements' };

/** Parses a selector, from its `$` on. */
export function parseSelector(scanner: PatternScanner): Selector {
  const start = scanner.index();
  if (!scanner.take('$')) throw scanner.refuse();
  const steps: Step[] = [];
  for (let step = parseStep(scanner); step !== undefined; step = parseStep(scanner)) steps.push(step);
  if (steps.length === 0) throw invalidCharacters(scanner.match(/\S{0,2}/y)?.[0] ? '$..' : '$', start);
  if (steps.filter(isWildcard).length > 1) {
    const limit = 'the maximum of 1 wildcard allowed per json selector.';
    throw new PatternError(`Your filter pattern has a JSON path selector that exceeds ${limit}`, start + 1);
  }
  return steps;
}

/** Whether a selector can find several values. */
export function hasWildcard(selector: Selector): boolean {
  return selector.some(isWildcard);
}

/** The values that a selector finds: at most one, unless it has a wildcard. */
export function select(root: JsonValue, selector: Selector): readonly JsonValue[] {
  let found: readonly JsonValue[] = [root];
  for (const step of selector) found = found.flatMap((value) => follow(value, step));
  return found;
}

function parseStep(scanner: PatternScanner): Step | undefined {
  const name = scanner.match(/\.([\w-]+)/y)?.[1];
  if (name !== undefined) return { kind: 'name', name };
  if (scanner.take('.*')) return { kind: 'members' };
  if (scanner.take('[*]')) return { kind: 'elements' };
  const index = scanner.match(/\[(\d+)\]/y)?.[1];
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  const key = scanner.match(/\.?\['([^']*)'\]/y)?.[1] ?? scanner.match(/\.?\["([^"]*)"\]/y)?.[1];
  if (key !== undefined) return { kind: 'name', name: key };
  const at = scanner.index();
  const wrong = scanner.match(/\[\d*\D?/y)?.[0];
  if (wrong !== undefined) throw invalidCharacters(wrong, at);
  return undefined;
}

function isWildcard({ kind }: Step): boolean {
  return kind === 'members' || kind === 'elements';
}

function follow(value: JsonValue, step: Step): readonly JsonValue[] {
  switch (step.kind) {
    case 'name':
      return isObject(value) ? own(value[step.name], Object.hasOwn(value, step.name)) : [];
    case 'index':
      return Array.isArray(value) ? own(value[step.index], step.index < value.length) : [];
    case 'members':
      return isObject(value) ? Object.values(value) : [];
    case 'elements':
      if (Array.isArray(value)) return value;
      return isObject(value) ? Object.values(value) : [];
  }
}

// One value, not its elements: flatMap would spread an array.
function own(value: JsonValue | undefined, exists: boolean): readonly JsonValue[] {
  return exists && value !== undefined ? [value] : [];
}
