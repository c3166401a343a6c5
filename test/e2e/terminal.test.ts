import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cleanEnvironment, finished, runBin } from '../support/bin.js';

const bin = fileURLToPath(new URL('../../bin/cwlogs.cjs', import.meta.url));
/** The `script` of util-linux, which runs a command on a terminal of its own. */
const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

/** What a terminal gets to see of a command line. */
async function onTerminal(line: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const command = `'${process.execPath}' '${bin}' ${line}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: cleanEnvironment({ TERM: 'xterm-256color', SHELL: '/bin/sh', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { stdout, exitCode } = await finished(child);
  expect(exitCode).toBe(0);
  return stdout.replaceAll('\r\n', '\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences under test
const sgr = /\u001b\[[\d;]*m/g;

test.skipIf(!hasTerminal).each([
  ["demo fetch '/demo/*' --start '20 minutes ago' --limit 200 -g o", true],
  ["demo fetch /demo/api --start '10 minutes ago' --limit 20 --expand", true],
  ["demo fetch /demo/api --start '10 minutes ago' --limit 20 --format '{time:HH:mm:ss} {json.status} {message}'", true],
  ["demo fetch /demo/lambda --start '20 minutes ago' --limit 20 --color never", false],
])('a terminal is given no control sequence but colours: %s', async (line, colored) => {
  const text = await onTerminal(line);
  expect(sgr.test(text)).toBe(colored);
  expect(text.replace(sgr, '')).not.toMatch(/[^\P{Cc}\n\t]/u);
  expect(text.split('\n').length).toBeGreaterThan(15);
});

test('a template of the demo: time, status and path of what failed', async () => {
  const format = '{time:HH:mm:ss} {json.status} {json.path}';
  const args = ['demo', 'fetch', '/demo/api', '--start', '1d ago', '--where', 'level=error', '--format', format];
  const { stdout, exitCode } = await runBin(args);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^(?:\d\d:\d\d:\d\d 50\d \/\S*\n)+$/);
});
