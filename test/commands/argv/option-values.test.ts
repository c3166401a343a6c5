import { describe, expect, test } from 'vitest';
import { main } from '../../../src/main.js';
import { createProgram } from '../../../src/program.js';
import { memoryIo } from '../../support/memory-io.js';

const program = await createProgram(memoryIo());

async function run(words: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const io = memoryIo();
  const exitCode = await main(words, io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

const fetch = ['fetch', 'g', '--dry-run', '--utc'];

test.each([
  ['the long form twice', ['--start', '2h', '--start', '1h'], '--start is given twice, as "2h" and "1h"'],
  ['short, then long', ['-e', '2h', '--end=1h'], '--end is given twice, as "2h" and "1h"'],
  [
    'an option with a default',
    ['--format', 'json', '--format', 'short'],
    '--format is given twice, as "json" and "short"',
  ],
  ['a global option', ['--profile', 'a', '--profile', 'b'], '--profile is given twice, as "a" and "b"'],
])('%s is refused, naming both values', async (_, words, message) => {
  expect(await run([...fetch, ...words])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `cwlogs: ${message}; leave one out\n`,
  });
});

test.each([
  ['the same value twice', ['--start', '2h', '--start', '2h']],
  ['a switch twice', ['-q', '--quiet']],
  ['what is repeatable', ['--stream', 'a', '--stream', 'b', '--region', 'eu-west-1', '--region', 'us-east-1']],
  ['the value of a default, given', ['--format', 'message']],
  ['a value that begins with a dash', ['--start', '-2h']],
  ['an excluded term', ['--filter', '-debug']],
  ['a value glued on that looks like an option', ['--filter=--end', '--no-check']],
])('%s is taken', async (_, words) => {
  expect(await run([...fetch, ...words])).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  [['--start', '--end', '1h'], '--start "--end" looks like an option, not a value; try --start 2h, or --start=--end'],
  [['--start', '-e', '1h'], '--start "-e" looks like an option, not a value; try --start 2h, or --start=-e'],
  [['--stream', '--bogus'], '--stream "--bogus" looks like an option, not a value; try --stream web/1, or --stream='],
  [['-start', '1h'], '-start is not an option; write --start\n'],
])('%j is refused', async (words, message) => {
  const { exitCode, stdout, stderr } = await run([...fetch, ...words]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr.startsWith(`cwlogs: ${message}`)).toBe(true);
});

describe('a value left out is said with one that works', () => {
  const options = program.commands.flatMap((command) =>
    command.options.filter(({ required }) => required).map(({ long }) => [command.name(), long ?? ''] as const),
  );

  test.each(options.filter(([command]) => command !== 'demo'))('%s %s', async (command, flag) => {
    const { exitCode, stderr } = await run([command, flag]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(new RegExp(`^cwlogs: ${flag} has no value; try ${flag} [^<\n]+\n$`));
  });
});
