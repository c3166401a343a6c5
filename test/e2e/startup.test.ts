import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listedCommands } from '../../src/commands/argv/command-list.js';
import { startEndpoint } from '../../src/server/endpoint.js';
import { cleanEnvironment, finished } from '../support/bin.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'dist', 'cli') + sep;
/** What stands in the code of the parts that take long to load. */
const marks = {
  sdk: 'Logs_20140328',
  endpoint: '"startEndpoint"',
  zones: 'PlainMonthDay',
  widths: '"stripAnsi"',
  colors: 'The `level` option should be',
  query: 'TreeInterpreter',
} as const;
type Part = keyof typeof marks;

/** What a run loads of the command line, as text. */
async function loadedBy(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const argv = ['--require', join(root, '.github/loaded-files.cjs'), join(root, 'bin/cwlogs.cjs'), ...args];
  const child = spawn(process.execPath, argv, { env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const { stderr, exitCode } = await finished(child);
  expect(exitCode).toBe(0);
  const loaded = [...stderr.matchAll(/^loaded (.+)$/gm)].flatMap(([, path = '']) =>
    path.startsWith(folder) ? [path] : [],
  );
  return loaded.map((path) => readFileSync(path, 'utf8')).join('');
}

function partsIn(text: string): string[] {
  return Object.entries(marks).flatMap(([part, mark]) => (text.includes(mark) ? [part] : []));
}

/** The commands whose files are in it: functions keep their names. */
function commandsIn(text: string): string[] {
  return listedCommands
    .map(({ name }) => name)
    .filter((name) => text.includes(`"register${name.charAt(0).toUpperCase()}${name.slice(1)}"`));
}

test('--version loads nothing but the launcher', async () => {
  expect(await loadedBy(['--version'])).toBe('');
});

// The kilobytes leave a tenth for what is added: what is loaded needlessly is mostly more. 70 of them are what commands
// share with a fetch, which is one file.
test.each<[args: string[], commands: string[], parts: Part[], kilobytes: number]>([
  [['--help'], [], [], 75],
  [['fetch', '--help'], ['fetch'], [], 155],
  [['tail', '--help'], ['tail'], [], 150],
  [['completion', 'bash'], ['completion', 'complete'], [], 155],
  [['fetch', '/g', '--start', '1h', '--dry-run'], ['fetch'], [], 155],
  [['pattern', 'ERROR', '--explain'], ['pattern'], [], 190],
])(
  '%j loads no other command than %j, no other part than %j and no more than %d kB',
  async (args, commands, parts, kilobytes) => {
    const text = await loadedBy(args);
    expect(commandsIn(text)).toEqual(commands);
    expect(partsIn(text)).toEqual(parts);
    expect(text.length).toBeLessThan(kilobytes * 1000);
  },
);

test('a line of log on its way to a pipe needs the SDK, and nothing of zones, widths and colours', async () => {
  const endpoint = await startEndpoint();
  try {
    endpoint.store.createGroup('/api');
    endpoint.store.seedEvents('/api', 'web/1', [{ timestamp: Date.now() - 60_000, message: 'hello' }]);
    const text = await loadedBy(['fetch', '/api', '--start', '1h'], {
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint.url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    expect(commandsIn(text)).toEqual(['fetch']);
    expect(partsIn(text)).toEqual(['sdk']);
    expect(text.length).toBeLessThan(520_000);
  } finally {
    await endpoint.close();
  }
});

test('the marks by which parts are known stand in them', async () => {
  const text = (
    await Promise.all([
      loadedBy(['demo', 'fetch', '/demo/api', '--start', '1h', '--query', 'status', '--tz', 'Europe/Berlin']),
      loadedBy(['demo', 'trace', 'hello', '/demo/api']),
    ])
  ).join('');
  expect(partsIn(text)).toEqual(Object.keys(marks));
});
