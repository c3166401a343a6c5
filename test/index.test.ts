import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as library from '../src/index.js';

const exported = [
  'GroupNotFoundError',
  'PatternError',
  'QueryFailedError',
  'ServiceError',
  'StreamNotFoundError',
  'UsageError',
  'compileFilterPattern',
  'createClient',
  'createLogger',
  'fetchEvents',
  'filterEvents',
  'listGroups',
  'listStreams',
  'parseTime',
  'putEvents',
  'runQuery',
  'streamEvents',
  'tailEvents',
];

test('the library is these functions and errors', () => {
  expect(Object.keys(library).sort()).toEqual(exported);
});

test('what the README imports and names is there', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [section = ''] = /## Library\n[\s\S]*?(?=\n## )/.exec(readme) ?? [];
  const [, imported = ''] = /import \{ ([^}]+) \} from 'cwlogs'/.exec(section) ?? [];
  const named = [...section.matchAll(/`([a-z]\w+)`/g)].map(([, name]) => name);
  expect(imported.split(', ').length).toBeGreaterThan(1);
  expect([...imported.split(', '), ...named].filter((name) => !exported.includes(name ?? ''))).toEqual([]);
});
