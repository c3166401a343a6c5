import { compileRegex } from './regex.js';
import type { Term, TermsPattern } from './syntax.js';

/** Compiles a list of terms into a test of messages. */
export function compileTerms({ terms }: TermsPattern): (message: string) => boolean {
  const required = testsOf(terms, 'required');
  const excluded = testsOf(terms, 'excluded');
  const optional = testsOf(terms, 'optional');
  // One required or excluded term is enough for the service to ignore every `?` term.
  if (required.length + excluded.length === 0) return (message) => optional.some((contains) => contains(message));
  const [only, ...others] = required;
  if (only !== undefined && others.length + excluded.length === 0) return only;
  return (message) =>
    required.every((contains) => contains(message)) && !excluded.some((contains) => contains(message));
}

function testsOf(terms: readonly Term[], role: Term['role']): ((message: string) => boolean)[] {
  return terms.filter((term) => term.role === role).map(({ content }) => compileContent(content));
}

function compileContent(content: Term['content']): (message: string) => boolean {
  if (content.kind === 'regex') return compileRegex(content);
  const { text } = content;
  return (message) => message.includes(text);
}
