import { readFileSync } from 'node:fs';

/** The examples of the README that are written in a language, in their order. */
export function readmeExamples(language: 'js' | 'ts'): string[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  return [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, marked, text = '']) =>
    marked === language ? [text] : [],
  );
}
