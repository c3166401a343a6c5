import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A file of `src`, its path from there, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** An import of a file. */
export interface Import {
  readonly specifier: string;
  /** A `type` import leaves nothing at run time; a lazy one loads when its line is reached. */
  readonly kind: 'value' | 'type' | 'lazy';
  readonly line: number;
}

/** The files below a folder. */
export function readSources(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }));
}

/** The folder directly below `src`, or the file itself. */
export function partOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** The file of `src` that a relative import means. */
export function targetOf(file: SourceFile, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(file.path), specifier).replace(/\.js$/, '.ts');
}

const importPattern =
  /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;

/** What a file imports, where it does. */
export function importsOf({ text }: SourceFile): Import[] {
  const code = withoutComments(text);
  return [...code.matchAll(importPattern)].map((match) => {
    const [, type, from, bare, lazy] = match;
    return {
      specifier: from ?? bare ?? lazy ?? '',
      kind: lazy !== undefined ? 'lazy' : type !== undefined ? 'type' : 'value',
      line: code.slice(0, match.index).split('\n').length,
    };
  });
}

const commentOrString = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** Code with spaces in the place of its comments. */
export function withoutComments(text: string): string {
  return text.replace(commentOrString, (found) => (found.startsWith('/') ? blank(found) : found));
}

/** Code with spaces in the place of its strings; template literals stay: there is code in them. */
export function withoutStrings(text: string): string {
  return text.replace(commentOrString, (found) => (found.startsWith('`') ? found : blank(found)));
}

/** Spaces of the same length, so that lines keep their numbers. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
