import { invalidCharacters, type PatternError, regexRefusal } from './pattern-error.js';

/** Compiles the plain form of a pattern: words and quoted phrases, each a case-sensitive substring. */
export function compileTerms(pattern: string): (message: string) => boolean {
  const terms = parseTerms(pattern);
  const required = textsOf(terms, 'required');
  const excluded = textsOf(terms, 'excluded');
  const optional = textsOf(terms, 'optional');
  // One required or excluded term is enough for the service to ignore every `?` term.
  if (required.length + excluded.length === 0) return (message) => optional.some((text) => message.includes(text));
  return (message) =>
    required.every((text) => message.includes(text)) && !excluded.some((text) => message.includes(text));
}

type TermKind = 'required' | 'excluded' | 'optional';

interface Term {
  readonly kind: TermKind;
  readonly text: string;
}

const kindOfMark: Readonly<Record<string, TermKind>> = { '-': 'excluded', '?': 'optional' };

function parseTerms(pattern: string): Term[] {
  const termPattern = /([?-]?)(?:([A-Za-z0-9_]+)|"((?:[^"\\]|\\.)*)")(?=\s|$)/suy;
  const terms: Term[] = [];
  let index = nextTermIndex(pattern, 0);
  while (index < pattern.length) {
    termPattern.lastIndex = index;
    const [term, mark = '', word, quoted = ''] = termPattern.exec(pattern) ?? [];
    if (term === undefined) throw refusal(pattern, index);
    terms.push({ kind: kindOfMark[mark] ?? 'required', text: word ?? quoted.replaceAll('\\"', '"') });
    index = nextTermIndex(pattern, index + term.length);
  }
  return terms;
}

function nextTermIndex(pattern: string, index: number): number {
  return pattern.length - pattern.slice(index).trimStart().length;
}

function refusal(pattern: string, index: number): PatternError {
  const start = index + (/[?-]/.test(pattern.charAt(index)) ? 1 : 0);
  const rest = pattern.slice(start);
  if (rest.startsWith('%')) return regexRefusal(start);
  const [legal = ''] = /^(?:"(?:[^"\\]|\\.)*"|\w+)/su.exec(rest) ?? [];
  if (legal === '' && rest.startsWith('"')) return invalidCharacters(rest, start);
  const [illegal] = /^(?:[^\w\s]+|\w+)/.exec(rest.slice(legal.length)) ?? [];
  // A mark that marks nothing.
  if (illegal === undefined) return invalidCharacters(pattern.charAt(index), index);
  return invalidCharacters(illegal, start + legal.length);
}

function textsOf(terms: readonly Term[], kind: TermKind): string[] {
  return terms.filter((term) => term.kind === kind).map(({ text }) => text);
}
