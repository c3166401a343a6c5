import { isWildcard } from './conditions.js';
import { expectations, expressionFix } from './mistakes.js';
import { illegalCharacter, PatternError } from './pattern-error.js';
import type { Selector, Step } from './syntax.js';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const maxWildcards = 1;

/** Reads a selector from its `$` on. */
export function readSelector(pattern: string, index: number): Selector {
  const steps: Step[] = [];
  let end = index + 1;
  for (let found = readStep(pattern, end, true); found !== undefined; found = readStep(pattern, end, false)) {
    steps.push(found.step);
    end = found.end;
  }
  refuseBrokenStep(pattern, index, end, steps.length === 0);
  if (steps.filter(isWildcard).length > maxWildcards) {
    const limit = 'the maximum of 1 wildcard allowed per json selector.';
    throw new PatternError({
      index,
      expected: 'a field with at most one wildcard',
      serviceMessage: `Your filter pattern has a JSON path selector that exceeds ${limit}`,
    });
  }
  return { steps, index, text: pattern.slice(index, end) };
}

const shapes: readonly (readonly [shape: RegExp, toStep: (text: string) => Step])[] = [
  [/\.([\w-]+)/y, (name) => ({ kind: 'name', name })],
  [/\.\['([^']*)'\]/y, (name) => ({ kind: 'name', name })],
  [/\.\*/y, () => ({ kind: 'members' })],
  [/\['([^']*)'\]/y, (name) => ({ kind: 'name', name })],
  [/\[(\d+)\]/y, (index) => ({ kind: 'index', index: Number(index) })],
  [/\[\*\]/y, () => ({ kind: 'elements' })],
];

function readStep(pattern: string, index: number, isFirst: boolean): { step: Step; end: number } | undefined {
  if (isFirst && pattern.charAt(index) !== '.') return undefined;
  for (const [shape, toStep] of shapes) {
    shape.lastIndex = index;
    const found = shape.exec(pattern);
    if (found !== null) return { step: toStep(found[1] ?? ''), end: shape.lastIndex };
  }
  return undefined;
}

/** A selector must not stop in the middle of a step, nor before its first. */
function refuseBrokenStep(pattern: string, start: number, end: number, isBare: boolean): void {
  const broken = /\.(?:\['[^']*'?)?|\[(?:\d+|'[^']*'?)?/y;
  broken.lastIndex = end;
  const begun = broken.exec(pattern)?.[0] ?? '';
  if (begun === '' && !isBare) return;
  const illegal = end + (isBare && !begun.startsWith('.') ? 0 : begun.length);
  throw new PatternError({
    index: illegal,
    expected: expectations.step,
    fix: expressionFix(pattern, illegal, expectations.step),
    serviceMessage: illegalCharacter(pattern, isBare ? start : end, illegal),
  });
}
