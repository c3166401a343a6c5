/** The usual way out for a character that cannot stand in a list of terms: what was meant, where that can be told. */
export function termFix(pattern: string, index: number): string {
  return rewritten(pattern.trim()) ?? fixOfPlace(pattern, index);
}

function rewritten(pattern: string): string | undefined {
  return straightened(pattern) ?? asJson(pattern) ?? asRegex(pattern) ?? asTerms(pattern);
}

/** What an editor made of quotes. */
function straightened(pattern: string): string | undefined {
  if (pattern.includes('"')) return undefined;
  const straight = pattern.replace(/[“”„‟«»]/g, '"').replace(/(?<![^\s?-])‘([^‘’]*)’/g, '"$1"');
  return straight === pattern ? undefined : `write straight quotes: ${straight}`;
}

/** Conditions on fields that lack their braces, or their `$.` as well. */
function asJson(pattern: string): string | undefined {
  if (/^\(*\s*\$\.[\w*[]/.test(pattern)) {
    const conditions = pattern.replace(/\s*\}$/, '').replaceAll('==', '=');
    return `conditions on fields stand in braces: { ${conditions} }`;
  }
  const [, field, operator, value] = comparison.exec(pattern) ?? [];
  if (field === undefined || operator === undefined) return undefined;
  // Lucene's colon and jq's == are both equality; a colon before an operator says no more than that.
  const json = `{ $.${field} ${operator.replace(/^:(?=.)/, '').replace(/^(?:==|:)$/, '=')} ${value} }`;
  return `quote it: ${quoted(pattern)}; for a field of JSON messages write ${json}`;
}

const comparison = /^\.?([A-Za-z_][\w.-]*)\s*(:?>=|:?<=|:>|:<|:|==?|!=|>|<)\s*([\w.*-]+|"[^"]*")$/;

/** What looks like a regular expression of grep, or of another language between slashes. */
function asRegex(pattern: string): string | undefined {
  const inner = /^\/(.+)\/[a-z]*$/s.exec(pattern)?.[1] ?? (/\.[*+]|\\[dswb]/.test(pattern) ? pattern : undefined);
  if (inner === undefined || /[%()]/.test(inner)) return undefined;
  return `as a regular expression it is %${inner}%; quote it for that text: ${quoted(pattern)}`;
}

/** Terms that are joined by the signs of another language. */
function asTerms(pattern: string): string | undefined {
  const inner = /^\(([^()]*)\)$/.exec(pattern)?.[1]?.trim();
  if (inner !== undefined) return asTerms(inner) ?? legal(inner, `write ${inner}: there are no parentheses`);
  const isEither = splitAt(pattern, either).length > 1;
  const isBoth = splitAt(pattern, both).length > 1;
  if (isEither && (isBoth || /^\(|\)$/.test(pattern))) {
    return 'alternatives beside other terms are written as a regular expression: %ERROR|WARN% timeout';
  }
  if (isEither) return optional(splitAt(pattern, either));
  if (isBoth) {
    const terms = splitAt(pattern, both).map((part) => (isLegal(part) ? part : toTerm(part)));
    return legal(terms.join(' '), `write ${terms.join(' ')}: terms side by side are all required`);
  }
  const listed = splitAt(pattern, /,\s*/);
  if (listed.length > 1 && listed.every((part) => /^(?:\w+|"[^"]*")$/.test(part))) {
    return `${optional(listed)}, or ${quoted(pattern)} for that text`;
  }
  const excluding = pattern.replace(/(?<!\S)!(?=["\w])/g, '-');
  return excluding === pattern ? undefined : legal(excluding, `write ${excluding}`);
}

const either = /\s*\|\|?\s*|\s+OR\s+/;
const both = /\s*&&\s*|\s+&\s+|\s+AND\s+/;

/** The parts between separators that stand outside of quotes. */
function splitAt(pattern: string, separator: RegExp): string[] {
  return pattern.split(new RegExp(`(?:${separator.source})(?=(?:[^"]*"[^"]*")*[^"]*$)`));
}

function optional(parts: readonly string[]): string | undefined {
  const terms = parts.map((part) => `?${toTerm(part.replace(/^\?/, ''))}`).join(' ');
  return legal(terms, `write ${terms} for either`);
}

function toTerm(part: string): string {
  const [, mark = '', text = ''] = /^([-!]?)(.*)$/s.exec(part) ?? [];
  const single = /^'(.*)'$/s.exec(text)?.[1] ?? text;
  return `${mark === '' ? '' : '-'}${/^(?:\w+|".*"|%.*%)$/s.test(single) ? single : quoted(single)}`;
}

function legal(terms: string, fix: string): string | undefined {
  return isLegal(terms) ? fix : undefined;
}

function isLegal(terms: string): boolean {
  return /^(?:[-?]?(?:\w+|"(?:[^"\\]|\\.)+"|%[^%]+%)(?:\s+|$))+$/s.test(terms);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function fixOfPlace(pattern: string, index: number): string {
  const rest = pattern.slice(index);
  if (rest.startsWith("'")) return 'a text goes in double quotes, not in single ones';
  if (rest.startsWith('"') || /["%]$/.test(pattern.slice(0, index))) return 'put a space between two terms';
  if (rest.startsWith('*')) return 'leave the * out: a word is found inside longer ones too';
  const start = pattern.slice(0, index).search(/[^\s"]*$/);
  const word = /^[^\s"]*/.exec(pattern.slice(start))?.[0] ?? '';
  const [mark = '', text = ''] = splitMark(word);
  if (text === '') return `write the word right behind the ${mark}, or quote the sign: "${mark}"`;
  return `quote it: ${mark}"${text}"`;
}

function splitMark(word: string): [mark: string, text: string] {
  return /^[-?]/.test(word) ? [word.slice(0, 1), word.slice(1)] : ['', word];
}
