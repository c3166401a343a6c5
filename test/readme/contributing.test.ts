import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const contributing = read('.github/CONTRIBUTING.md');

/** The paths that a document names between backticks; one with a placeholder is none. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`((?:\.ci|\.github|bin|src|test)\/[\w./-]*)`/g)].map(([, path = '']) => path);
}

test.each(['.github/CONTRIBUTING.md', '.github/SECURITY.md', 'README.md'])('what %s names is there', (document) => {
  const paths = pathsIn(read(document));
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !existsSync(root + path))).toEqual([]);
});

test('every part of src has its line in CONTRIBUTING', () => {
  const parts = readdirSync(`${root}src`, { withFileTypes: true });
  const paths = parts.map((part) => `src/${part.name}${part.isDirectory() ? '/' : ''}`);
  const named = new Set(pathsIn(contributing));
  expect(paths.filter((path) => !named.has(path))).toEqual([]);
});

test('every folder of src/commands that is not of one command has its line in CONTRIBUTING', () => {
  const entries = readdirSync(`${root}src/commands`, { withFileTypes: true });
  const files = new Set(entries.map(({ name }) => name));
  const shared = entries.filter((entry) => entry.isDirectory() && !files.has(`${entry.name}.ts`));
  const named = new Set(pathsIn(contributing));
  expect(shared.map(({ name }) => `src/commands/${name}/`).filter((path) => !named.has(path))).toEqual([]);
});

test('every script that CONTRIBUTING shows is one of package.json', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const shown = [...contributing.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
  expect(shown).toContain('check');
  expect(shown.filter((name) => !(name in scripts))).toEqual([]);
});
