import { type Condition, parseCondition } from './json-condition.js';
import { type JsonDocument, readDocument } from './json-document.js';
import { hasWildcard } from './json-selector.js';
import { invalidPattern, PatternError } from './pattern-error.js';
import { createPatternScanner, type PatternScanner } from './pattern-scanner.js';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const maxWildcardSelectors = 3;

/** Compiles `{ … }`: conditions on the fields of messages that are one JSON object. */
export function compileJsonPattern(pattern: string): (message: string) => boolean {
  const scanner = createPatternScanner(pattern);
  scanner.take('{');
  const conditions: Condition[] = [];
  const test = parseAny(scanner, conditions);
  scanner.expect('}');
  if (!scanner.isAtEnd()) throw invalidPattern(scanner.index());
  if (conditions.filter(({ selector }) => hasWildcard(selector)).length > maxWildcardSelectors) {
    const limit = `the maximum of ${maxWildcardSelectors} JSON wildcard selectors allowed per filter pattern.`;
    throw new PatternError(`Your input has exceeded ${limit}`, 1);
  }
  return (message) => {
    const document = readDocument(message);
    return document !== undefined && test(document);
  };
}

type DocumentTest = (document: JsonDocument) => boolean;

function parseAny(scanner: PatternScanner, conditions: Condition[]): DocumentTest {
  const tests = [parseAll(scanner, conditions)];
  while (scanner.take('||')) tests.push(parseAll(scanner, conditions));
  return (document) => tests.some((test) => test(document));
}

function parseAll(scanner: PatternScanner, conditions: Condition[]): DocumentTest {
  const tests = [parseOne(scanner, conditions)];
  while (scanner.take('&&')) tests.push(parseOne(scanner, conditions));
  return (document) => tests.every((test) => test(document));
}

function parseOne(scanner: PatternScanner, conditions: Condition[]): DocumentTest {
  if (scanner.take('(')) {
    const test = parseAny(scanner, conditions);
    scanner.expect(')');
    return test;
  }
  const condition = parseCondition(scanner);
  conditions.push(condition);
  return condition.test;
}
