import { WireError } from '../wire-error.js';

/** A piece of a query, with where it stands: from `start` up to but not including `end`. */
export interface Token {
  readonly kind: 'word' | 'field' | 'text' | 'number' | 'regex' | 'sign' | 'end';
  /** What it means: without quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Hands out the tokens of a query one after another. */
export interface TokenReader {
  peek(): Token;
  next(): Token;
  /** Takes the next token where it is this word or sign. */
  accept(text: string): boolean;
  /** Takes the next token, which must be this word or sign. */
  expect(text: string): void;
}

const patterns: ReadonlyArray<readonly [Token['kind'], RegExp]> = [
  ['text', /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y],
  ['field', /`([^`]+)`/y],
  ['regex', /\/((?:[^/\\\n]|\\.)+)\//y],
  ['word', /[A-Za-z_@][\w.@]*|\d+[a-z]+/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['sign', /[<>!]=|=~|[|,()[\]=<>*]/y],
];

/** Cuts a query into tokens; throws MalformedQueryException on what the endpoint does not know. */
export function readTokens(query: string): TokenReader {
  const tokens = [...cut(query)];
  let at = 0;
  const end: Token = { kind: 'end', text: '', start: query.length, end: query.length };
  const peek = (): Token => tokens[at] ?? end;
  const next = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const accept = (text: string): boolean => {
    const { kind, text: found } = peek();
    if ((kind !== 'word' && kind !== 'sign') || found.toLowerCase() !== text) return false;
    at += 1;
    return true;
  };
  return {
    peek,
    next,
    accept,
    expect(text) {
      if (!accept(text)) throw malformed(`expecting '${text}'`, peek());
    },
  };
}

/** The refusal of a query, which points at its place. */
export function malformed(problem: string, { text, kind, start, end }: Token): WireError {
  const found = kind === 'end' ? 'unexpected end of the query' : `unexpected symbol found ${text}`;
  // Whoever tries a query here should not take what is missing for a mistake of theirs.
  const message = `${found} at offset ${start}, ${problem} (the local endpoint knows a part of the language only)`;
  const queryCompileError = { location: { startCharOffset: start, endCharOffset: end }, message };
  return new WireError('MalformedQueryException', message, 400, { queryCompileError });
}

function* cut(query: string): Generator<Token> {
  const blank = /(?:\s|#[^\n]*)+/y;
  let at = 0;
  for (;;) {
    blank.lastIndex = at;
    at += blank.exec(query)?.[0].length ?? 0;
    if (at >= query.length) return;
    const token = tokenAt(query, at);
    yield token;
    at = token.end;
  }
}

function tokenAt(query: string, start: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const found = pattern.exec(query);
    if (found === null) continue;
    const [whole, first = found[2] ?? whole] = found;
    const text = kind === 'text' ? first.replace(/\\(.)/g, '$1') : first;
    return { kind, text, start, end: start + whole.length };
  }
  throw malformed('which begins nothing', { kind: 'sign', text: query.charAt(start), start, end: start + 1 });
}
