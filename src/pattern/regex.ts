import { RE2JS, RE2JSException } from 're2js';
import { regexFix } from './mistakes.js';
import { illegalCharacter, invalidCharacters, PatternError } from './pattern-error.js';
import type { Regex } from './syntax.js';

/**
 * Bounds what one character of a message can cost: `.{1000}` is seven characters of a pattern and a thousand steps of
 * the engine. The service's own bound is not documented.
 */
const maxProgramSize = 2_000;

/** Reads `%…%` from its first sign on; `end` is behind the second. */
export function readRegex(pattern: string, index: number): { readonly regex: Regex; readonly end: number } {
  const close = pattern.indexOf('%', index + 1);
  const source = pattern.slice(index + 1, close === -1 ? undefined : close);
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#regex-expressions
  const legal = /^[\w:#=@/;,\-^$?[\]{}|\\*+. ]*/.exec(source)?.[0] ?? '';
  if (legal.length < source.length) {
    const illegal = index + 1 + legal.length;
    throw new PatternError({
      index: illegal,
      expected: 'a character that a regular expression may have here',
      fix: regexFix(pattern, illegal),
      serviceMessage: illegalCharacter(pattern, index, illegal),
    });
  }
  if (close === -1) {
    throw new PatternError({
      index: pattern.length,
      expected: 'the % that ends the regular expression',
      fix: 'a % sign itself is written in quotes, as "%", or as \\x25 inside a regular expression',
      serviceMessage: invalidCharacters(pattern.slice(index)),
    });
  }
  const regex: Regex = { kind: 'regex', index, source };
  compile(regex);
  return { regex, end: close + 1 };
}

/** Makes a test of a text out of a regular expression that was read; its time is linear in the text. */
export function compileRegex(regex: Regex): (text: string) => boolean {
  const compiled = compile(regex);
  return (text) => compiled.test(text);
}

function compile(regex: Regex): RE2JS {
  if (!hasKnownEscapes(regex.source)) {
    throw notCompiled(regex, 'behind a \\ comes a sign, one of d D s S w W, or x and two digits');
  }
  try {
    const compiled = RE2JS.compile(translate(regex.source));
    if (compiled.programSize() <= maxProgramSize) return compiled;
  } catch (error) {
    if (error instanceof RE2JSException) throw notCompiled(regex, 'check its brackets and repetitions');
    throw error;
  }
  throw notCompiled(regex, 'ask for fewer repetitions in { }');
}

function notCompiled({ index }: Regex, fix: string): PatternError {
  return new PatternError({
    index,
    expected: 'a regular expression that can be compiled',
    fix,
    serviceMessage: 'Failed to compile regular expression.',
  });
}

/** The engine knows more escapes than the service. */
function hasKnownEscapes(source: string): boolean {
  const escapes = source.match(/\\(?:x[\dA-Fa-f]{2}|.?)/gs) ?? [];
  return escapes.every((one) => /^\\(?:x..|[dDsSwW_]|\W)$/.test(one));
}

/** Says `{,2}` as the engine does, outside of classes; a class that begins with a colon is not a POSIX class to us. */
function translate(source: string): string {
  return source
    .replaceAll('[:', '[\\:')
    .replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*|\{,(?=\d+\})/gs, (part) => (part === '{,' ? '{0,' : part));
}
