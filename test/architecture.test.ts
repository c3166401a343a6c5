import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  importsOf,
  partOf,
  readSources,
  type SourceFile,
  targetOf,
  withoutComments,
  withoutStrings,
} from './support/sources.js';

/** What breaks a rule, as `path:line what`. */
type Rule = (files: readonly SourceFile[]) => string[];

const leaves = ['time', 'logs', 'shape', 'pattern', 'render', 'save', 'server'];
const forAll = [
  'errors.ts',
  'escape.ts',
  'failures.ts',
  'io.ts',
  'job-errors.ts',
  'json-value.ts',
  'level.ts',
  'partition.ts',
];
/** What each part of `src` may import besides itself and what is for all. */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['logs', 'time', 'pattern', 'handlers'],
  'main.ts': ['program.ts', 'describe.ts', 'commands'],
  'program.ts': ['commands'],
  'describe.ts': [],
  'errors.ts': [],
  'escape.ts': [],
  'failures.ts': [],
  'io.ts': [],
  'job-errors.ts': [],
  'json-value.ts': [],
  'level.ts': [],
  'partition.ts': [],
  commands: [...leaves, 'describe.ts'],
  handlers: ['logs'],
  server: ['pattern'],
  render: ['time', 'shape'],
  time: [],
  logs: [],
  shape: [],
  pattern: [],
  save: [],
};

const importDirection: Rule = (files) =>
  files.flatMap((file) => {
    const from = partOf(file.path);
    const allowed = allowedImports[from];
    if (allowed === undefined) return [`${file.path}:1 is in no known part of src`];
    return importsOf(file).flatMap(({ specifier, kind, line }) => {
      const target = targetOf(file, specifier);
      if (target === undefined) return [];
      const to = partOf(target);
      const open = to === from || allowed.includes(to) || forAll.includes(to);
      const theEventType = target === 'logs/event.ts' && kind === 'type';
      return open || theEventType ? [] : [`${file.path}:${line} imports ${target}`];
    });
  });

const noCycles: Rule = (files) => {
  const targets = new Map(
    files.map((file) => [file.path, importsOf(file).flatMap(({ specifier }) => targetOf(file, specifier) ?? [])]),
  );
  const cleared = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    else if (!cleared.has(path)) {
      for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
      cleared.add(path);
    }
  };
  for (const path of targets.keys()) visit(path, []);
  return cycles;
};

/** What is loaded before it is known what a run does: the root, and the words of a command line. */
const lightStart: Rule = (files) => {
  const known = new Map(files.map((file) => [file.path, file]));
  const loaded = new Set(['main.ts']);
  const heavy: string[] = [];
  for (const path of loaded) {
    const file = known.get(path);
    if (file === undefined) continue;
    for (const { specifier, kind, line } of importsOf(file)) {
      const target = kind === 'value' ? targetOf(file, specifier) : undefined;
      if (target === undefined) continue;
      loaded.add(target);
      const isLight = !target.includes('/') || target.startsWith('commands/argv/');
      if (!isLight) heavy.push(`${path}:${line} loads ${target} at start-up`);
    }
  }
  return heavy;
};

const lazyCommands: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('commands/'))
    .flatMap((file) =>
      importsOf(file).flatMap(({ specifier, kind, line }) => {
        const to = partOf(targetOf(file, specifier) ?? '');
        const heavy = ['logs', 'pattern', 'render', 'save', 'server', 'time'].includes(to);
        return heavy && kind === 'value' ? [`${file.path}:${line} loads ${specifier} for its help`] : [];
      }),
    );

/** The folders that commands share; each may import those before it. */
const sharedFolders = ['argv', 'options', 'operands', 'reading', 'policy', 'following'];

/** A command and its folder know what is shared, and no other command; what is shared knows no command. */
const commandFolders: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('commands/'))
    .flatMap((file) =>
      importsOf(file).flatMap(({ specifier, line }) => {
        const target = targetOf(file, specifier);
        if (target?.startsWith('commands/') !== true || file.path === 'commands/argv/command-list.ts') return [];
        const [from, to] = [ownerOf(file.path), ownerOf(target)];
        const open = to === from || (sharedFolders.includes(to) && !sharedFolders.slice(0, rankOf(to)).includes(from));
        return open ? [] : [`${file.path}:${line} imports ${target}`];
      }),
    );

const rankOf = (folder: string): number => sharedFolders.indexOf(folder);

/** The command or the shared folder that a file of `commands/` is of: `fetch` of `fetch.ts` and `fetch/options.ts`. */
function ownerOf(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? '';
}

/** Below `commands/` lie commands and folders of what they need. */
const commandFiles: Rule = (files) =>
  files
    .filter(({ path }) => /^commands\/[^/]+$/.test(path))
    .filter(({ text }) => !/^export function register[A-Z]\w*\(command: Command/m.test(text))
    .map(({ path }) => `${path}:1 registers no command`);

/** A package stays inside some parts of `src`; types may go further where so said. */
function confine(name: string, parts: readonly string[], { typesAnywhere = false } = {}): Rule {
  return (files) =>
    files
      .filter(({ path }) => !parts.includes(partOf(path)))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ specifier }) => specifier === name || specifier.startsWith(`${name}/`))
          .filter(({ kind }) => !(typesAnywhere && kind === 'type'))
          .map(({ specifier, line }) => `${file.path}:${line} imports ${specifier}`),
      );
}

/** Pino loads a transport by its default export. */
function exceptFor(path: string, rule: Rule): Rule {
  return (files) => rule(files.filter((file) => file.path !== path));
}

function forbid(pattern: RegExp): Rule {
  return (files) =>
    files.flatMap(({ path, text }) =>
      withoutStrings(withoutComments(text))
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    );
}

/** What is exported is said in a sentence. */
const exportsSaid: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, at) => {
      const isExport = /^export (?:async )?(?:function|const|interface|type(?! \{)|class)\b/.test(line);
      return isExport && lines[at - 1]?.endsWith('*/') !== true ? [`${path}:${at + 1} ${line}`] : [];
    });
  });

const exitCodeInOneFile: Rule = (files) => {
  const places = forbid(/process\.exitCode/)(files);
  const paths = new Set(places.map((place) => place.slice(0, place.indexOf(':'))));
  return paths.size === 1 ? [] : ['process.exitCode is to be set in exactly one file', ...places];
};

const sources: readonly SourceFile[] = readSources(fileURLToPath(new URL('../src', import.meta.url)));

/** Each rule, with a file that breaks it. */
const rules: readonly (readonly [title: string, rule: Rule, path: string, text: string])[] = [
  ['imports go down', importDirection, 'logs/client.ts', `import { parseTime } from '../time/parse-time.js';`],
  [
    'no command is imported by a leaf',
    importDirection,
    'server/store.ts',
    `import { x } from '../commands/options.js';`,
  ],
  ['the event is shared as a type alone', importDirection, 'save/sink.ts', `import { e } from '../logs/event.js';`],
  ['every part of src is known', importDirection, 'utils/text.ts', ''],
  ['no file imports itself by way of others', noCycles, 'a.ts', `import type { A } from './a.js';`],
  [
    'no command is loaded before it is asked for',
    lightStart,
    'main.ts',
    `import { runFetch } from './commands/fetch.js';`,
  ],
  ['no command imports another', commandFolders, 'commands/fetch.ts', `import { a } from './query/options.js';`],
  [
    'what commands share imports none of them',
    commandFolders,
    'commands/reading/run.ts',
    `import type { FetchFlags } from '../fetch/options.js';`,
  ],
  [
    'folders that commands share import downwards',
    commandFolders,
    'commands/options/values.ts',
    `import { startRun } from '../reading/run.js';`,
  ],
  [
    'what a command does is loaded when it runs',
    lazyCommands,
    'commands/fetch.ts',
    `import {\n  type A,\n} from '../logs/client.js';`,
  ],
  ['a file beside the commands is one', commandFiles, 'commands/rows.ts', 'export function rows() {}'],
  ['chalk is for render', confine('chalk', ['render']), 'commands/fetch.ts', `import chalk from 'chalk';`],
  [
    'commander is for the command line',
    confine('commander', ['program.ts', 'commands']),
    'main.ts',
    `import type { Command } from 'commander';`,
  ],
  [
    'chrono-node is for time',
    confine('chrono-node', ['time']),
    'commands/fetch.ts',
    `const { casual } = await import('chrono-node');`,
  ],
  [
    'Temporal is for time',
    confine('temporal-polyfill', ['time']),
    'render/timestamp.ts',
    `import { Temporal } from 'temporal-polyfill';`,
  ],
  [
    'the SDK is for logs and handlers',
    confine('@aws-sdk', ['logs', 'handlers'], { typesAnywhere: true }),
    'commands/fetch.ts',
    `import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';`,
  ],
  [
    'proxies are for logs',
    confine('https-proxy-agent', ['logs']),
    'commands/fetch.ts',
    `import { HttpsProxyAgent } from 'https-proxy-agent';`,
  ],
  [
    'JMESPath is for shape',
    confine('@jmespath-community', ['shape']),
    'render/query.ts',
    `import { search } from '@jmespath-community/jmespath';`,
  ],
  ['nothing ends the process', forbid(/process\.exit\(/), 'main.ts', 'process.exit(1);'],
  ['nothing writes past Io', forbid(/\bconsole\./), 'main.ts', `console.log('x');`],
  ['no export of everything', forbid(/\bexport \*/), 'logs/all.ts', `export * from './client.js';`],
  [
    'no default export',
    exceptFor('handlers/pino.ts', forbid(/\bexport default\b/)),
    'main.ts',
    'export default function main() {}',
  ],
  ['no any', forbid(/(:|<|\||\bas|=>)\s*any\b/), 'main.ts', 'const input: any = {};'],
  ['no non-null assertion', forbid(/[\w)\]]!(?=[.;,)\][])/), 'main.ts', 'const first = names[0]!.length;'],
  ['what is exported is said in a sentence', exportsSaid, 'main.ts', 'export function main() {}'],
  ['the exit code is set in one file', exitCodeInOneFile, 'main.ts', 'run();'],
];

test.each(rules)('%s', (_, rule) => {
  expect(rule(sources)).toEqual([]);
});

test.each(rules)('a file that breaks the rule is found: %s', (_, rule, path, text) => {
  expect(rule([{ path, text }])).toEqual([expect.stringContaining(rule === exitCodeInOneFile ? 'exactly one' : path)]);
});

test.each<[string, Rule, SourceFile[]]>([
  ['a type from an allowed part', importDirection, [at('render/a.ts', `import type { Z } from '../time/zone.js';`)]],
  ['the event as a type', importDirection, [at('save/a.ts', `import type { LogEvent } from '../logs/event.js';`)]],
  ['a lazy import', lazyCommands, [at('commands/a.ts', `const { c } = await import('../logs/client.js');`)]],
  [
    'a type of the SDK',
    confine('@aws-sdk', [], { typesAnywhere: true }),
    [at('a.ts', `import type { A } from '@aws-sdk/x';`)],
  ],
  ['an import in a comment', importDirection, [at('time/a.ts', `// import { a } from '../logs/client.js';`)]],
  ['words in a string', forbid(/\bconsole\./), [at('a.ts', `const text = 'console.log';`)]],
  [
    'an export with its sentence',
    exportsSaid,
    [at('a.ts', `/** A. */\nexport type A = 'a';\nexport { b } from './b.js';`)],
  ],
  ['a comparison', forbid(/[\w)\]]!(?=[.;,)\][])/), [at('a.ts', `if (a !== b && !c) run();`)]],
])('%s breaks no rule', (_, rule, files) => {
  expect(rule(files)).toEqual([]);
});

test('a cycle of three files is told as a path', () => {
  const cycle = [
    at('a.ts', `import './b.js';`),
    at('b.ts', `export { c } from './c.js';`),
    at('c.ts', `import('./a.js');`),
  ];
  expect(noCycles(cycle)).toEqual(['a.ts -> b.ts -> c.ts -> a.ts']);
});

test('an exit code set in two files is told with both places', () => {
  const files = [at('main.ts', 'process.exitCode = 1;'), at('io.ts', '\nprocess.exitCode = 2;')];
  expect(exitCodeInOneFile(files).slice(1)).toEqual([
    'main.ts:1 process.exitCode = 1;',
    'io.ts:2 process.exitCode = 2;',
  ]);
});

function at(path: string, text: string): SourceFile {
  return { path, text };
}
