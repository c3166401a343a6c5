import { expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { memoryIo } from '../support/memory-io.js';

const env = { TZ: 'UTC' };

async function run(...argv: readonly string[]) {
  const io = memoryIo({ env });
  const exitCode = await main(['demo', ...argv], io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

test('at a time of its own the present is that time', async () => {
  const format = ['--format', '{time}'];
  const { stdout, exitCode } = await run('--at', '2026-03-01T12:00Z', 'fetch', '/demo/api', '-n', '1', ...format);
  expect({ stdout, exitCode }).toEqual({ stdout: '2026-03-01 11:59:58.070\n', exitCode: 0 });
});

test('the same time makes the same logs, however it is written', async () => {
  const fetch = ['fetch', '/demo/*', '--start', '5m'];
  const first = await run('--at', '2026-03-01T12:00Z', ...fetch);
  expect(first.stdout.split('\n').length).toBeGreaterThan(100);
  expect(await run('--at=2026-03-01 13:00 Europe/Berlin', ...fetch)).toEqual(first);
});

test('a line that is told to the user begins as theirs did', async () => {
  const { stderr } = await run('--at', 'yesterday 3pm', 'fetch', '/demo/api', '--start', '1m', '--filter', 'nowhere');
  expect(stderr).toContain("to see it: cwlogs demo --at 'yesterday 3pm' fetch /demo/api --around ");
});

test.each([
  [['--at', 'soon', 'groups'], '--at "soon" is not a time'],
  [['--at', '2026-03-01'], 'no command was given; try: cwlogs demo fetch /demo/api --start 1h'],
  [
    ['--at', '2026-03-01', '--region', 'eu-west-1', 'groups'],
    '--region stands before the command; write: cwlogs demo --at 2026-03-01 groups --region eu-west-1',
  ],
  [['groups', '--at', '2026-03-01'], '--at "2026-03-01" is not an option of groups, but of demo'],
])('%j is refused', async (argv, problem) => {
  const { exitCode, stderr } = await run(...argv);
  expect(stderr).toContain(`cwlogs: ${problem}`);
  expect(exitCode).toBe(2);
});
