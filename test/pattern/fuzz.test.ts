import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainPattern } from '../../src/pattern/explain.js';
import { compileExtraction, compileFilterPattern } from '../../src/pattern/filter-pattern.js';
import { parseFilterPattern } from '../../src/pattern/parse-pattern.js';
import { PatternError } from '../../src/pattern/pattern-error.js';
import { renderPointer } from '../../src/pattern/pointer.js';
import { warningsOf } from '../../src/pattern/warnings.js';

/** A million by hand: PATTERN_FUZZ_RUNS=1000000. */
const numRuns = Number(process.env.PATTERN_FUZZ_RUNS ?? 20_000);

const pieces = [
  ...['{', '}', '[', ']', '(', ')', '$.a', '$.a.b', '$.*', '$.a[0]', '$.a[*]', `$.['a']`, '=', '!=', '<', '>=', '&&'],
  ...['||', 'IS', 'NOT', 'EXISTS', 'NULL', 'TRUE', 'FALSE', '"', '"a"', '%', '%a.*b%', '%[ab]{1,3}$%', '*', '...'],
  ...[',', ':', '\\', "'", '-', '?', '+', '.', '1', '1e3', '0.5', 'a', 'b c', 'é', '😀', '\ud800', ' ', '\n', '\u0000'],
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
const comparison = fc
  .tuple(
    fc.constantFrom('$.a', '$.a.b', '$.*', '$.a[0]', '$.a[*].b', 'a'),
    fc.constantFrom('=', '!=', '<', '>=', 'IS', 'NOT'),
    fc.constantFrom('1', '-1.0', '"a"', 'b*', '"*"', '%a%', 'TRUE', 'NULL', 'EXISTS'),
  )
  .map((parts) => parts.join(' '));
const json = fc
  .array(fc.tuple(comparison, fc.constantFrom(' && ', ' || ', ') || (', ' && (')), { minLength: 1, maxLength: 4 })
  .map((parts) => `{ ${parts.flat().slice(0, -1).join('')} }`);
const fields = fc
  .array(fc.constantFrom('a', 'b = 1', 'c > 2', '...', 'd = %x%', 'e = x* || e = "y z"', 'f != 3 && f < 9'), {
    maxLength: 5,
  })
  .map((parts) => `[${parts.join(', ')}]`);
const pattern = fc.oneof(text, json, fields);
const message = fc.oneof(text, fc.json({ maxDepth: 3 }), fc.dictionary(fc.constantFrom('a', 'b'), fc.json()).map(nest));

test('random patterns and messages end in an answer or a refusal that points into the pattern', () => {
  fc.assert(
    fc.property(pattern, message, (written, received) => {
      try {
        const parsed = parseFilterPattern(written);
        expect(explainPattern(parsed)).not.toBe('');
        expect(warningsOf(parsed).filter((warning) => warning === '')).toEqual([]);
        const isMatch = compileFilterPattern(written)(received);
        expect(compileExtraction(written)(received) !== undefined).toBe(isMatch);
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        expect(error.column).toBeGreaterThanOrEqual(1);
        expect(error.column).toBeLessThanOrEqual(written.length + 1);
        expect(renderPointer(written, error.column)).toMatch(/\n *\^$/);
      }
    }),
    { numRuns },
  );
}, 3_600_000);

function nest(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([key, value]) => `"${key}":${value}`)
    .join()}}`;
}
