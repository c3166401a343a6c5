import { expectations } from './mistakes.js';
import { illegalCharacter, PatternError } from './pattern-error.js';
import { readRegex } from './regex.js';
import type { Term, TermsPattern } from './syntax.js';
import { termFix } from './term-fix.js';
import { readQuoted, skipSpace } from './tokens.js';

/** Parses words, quoted texts and regular expressions, each with its mark. */
export function parseTerms(pattern: string): TermsPattern {
  const terms: Term[] = [];
  let index = skipSpace(pattern, 0);
  while (index < pattern.length) {
    const role = roleOfMark[pattern.charAt(index)];
    const { content, end } = readContent(pattern, role === undefined ? index : index + 1);
    const next = skipSpace(pattern, end);
    if (next === end && end < pattern.length) throw illegal(pattern, end);
    terms.push({ role: role ?? 'required', content });
    index = next;
  }
  return { kind: 'terms', terms };
}

const roleOfMark: Readonly<Record<string, Term['role'] | undefined>> = { '-': 'excluded', '?': 'optional' };

function readContent(pattern: string, index: number): { readonly content: Term['content']; readonly end: number } {
  switch (pattern.charAt(index)) {
    case '"': {
      const { content, end } = readQuoted(pattern, index);
      return { content: { kind: 'phrase', text: content, isQuoted: true }, end };
    }
    case '%': {
      const { regex, end } = readRegex(pattern, index);
      return { content: regex, end };
    }
  }
  const word = /\w+/y;
  word.lastIndex = index;
  const text = word.exec(pattern)?.[0];
  if (text === undefined) throw illegal(pattern, index);
  return { content: { kind: 'phrase', text, isQuoted: false }, end: index + text.length };
}

/** The refusal of the character at a place, or of the mark before it where there is none. */
function illegal(pattern: string, index: number): PatternError {
  const isAlone = skipSpace(pattern, index) > index || index === pattern.length;
  const at = isAlone ? index - 1 : index;
  return new PatternError({
    index: at,
    expected: expectations.term,
    fix: termFix(pattern, at),
    serviceMessage: illegalCharacter(pattern, at, at),
  });
}
