import { describe, expect, test } from 'vitest';
import { fixOf, otherNames } from '../../../src/commands/argv/other-tools.js';
import { main } from '../../../src/main.js';
import { createProgram } from '../../../src/program.js';
import { memoryIo } from '../../support/memory-io.js';

async function refusal(line: string): Promise<string> {
  const io = memoryIo();
  expect(await main(line.split(' '), io)).toBe(2);
  return io.stderr.text();
}

test.each([
  // awslogs
  ['get g --filter-pattern ERROR', '--filter-pattern "ERROR" is not an option of fetch; did you mean --filter?'],
  ['get g --watch', '--watch is not an option of fetch; did you mean --follow?'],
  [
    'get g --watch-interval 2',
    '--watch-interval is not an option of fetch; leave it out: what comes is asked for about each second',
  ],
  ['get g -G', "-G is not an option of fetch; a pipe gets messages alone; so does a terminal by --format '{message}'"],
  [
    'get g -GS',
    "-GS is not an option of fetch; a pipe gets messages alone; so does a terminal by --format '{message}'",
  ],
  ['get g --timestamp', '--timestamp is not an option of fetch; --format short shows times'],
  ['get g --ingestion-time', "--ingestion-time is not an option of fetch; try --format '{ingestionTime} {message}'"],
  ['get g --aws-region eu-west-1', '--aws-region "eu-west-1" is not an option of fetch; did you mean --region?'],
  [
    'groups --log-group-prefix /a',
    "--log-group-prefix is not an option of groups; write a pattern: cwlogs groups '/prod/*'",
  ],
  ['streams g -s 1h', '-s is not an option of streams; it lists all: --sort last-event puts the newest first'],
  [
    'get g --aws-secret-access-key wJalrXUtnFEMI',
    '--aws-secret-access-key is not an option of fetch; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give a --profile',
  ],
  // saw
  ['get g --stop 1h', '--stop "1h" is not an option of fetch; did you mean --end?'],
  ['get g --prefix web', '--prefix "web" is not an option of fetch; did you mean --stream-prefix?'],
  [
    'watch g --rawString',
    "--rawString is not an option of tail; a pipe gets messages alone; so does a terminal by --format '{message}'",
  ],
  ['groups --prefix /a', "--prefix is not an option of groups; write a pattern: cwlogs groups '/prod/*'"],
  ['streams g --prefix a', "--prefix is not an option of streams; write a pattern: cwlogs streams /prod/api 'web/*'"],
  ['streams g --orderBy x', '--orderBy "x" is not an option of streams; did you mean --sort?'],
  // cw
  ['tail g -b 45s', '-b "45s" is not an option of tail; did you mean --start?'],
  ['tail g -t', '-t is not an option of tail; --format short shows times'],
  ['tail g -e 1h', '-e is not an option of tail; cwlogs fetch has an end; --for 5m ends a tail'],
  ['tail g --grepv x', '--grepv "x" is not an option of tail; did you mean --exclude?'],
  ['tail g --no-color', '--no-color is not an option of tail; write --color never'],
  // the AWS CLI
  ['tail g --log-stream-names a', '--log-stream-names "a" is not an option of tail; did you mean --stream?'],
  [
    'fetch --log-group-names a',
    '--log-group-names is not an option of fetch; a log group stands alone: cwlogs fetch /prod/api',
  ],
  ['query x --log-group-name a', '--log-group-name "a" is not an option of query; did you mean --group?'],
  ['fetch --group a', '--group is not an option of fetch; a log group stands alone: cwlogs fetch /prod/api'],
  // kubectl, stern and journalctl
  ['tail g --tail 100', '--tail "100" is not an option of tail; did you mean --last?'],
  ['tail g -o json', '-o "json" is not an option of tail; did you mean --format?'],
  ['fetch g --lines 5', '--lines "5" is not an option of fetch; did you mean --last?'],
  ['fetch g --reverse', '--reverse is not an option of fetch; events come in the order of time; tac turns them round'],
])('cwlogs %s', async (line, message) => {
  expect(await refusal(line)).toBe(`cwlogs: ${message}\n`);
});

test.each([
  ['ls groups', 'groups'],
  ['ls streams /a', 'streams'],
  ['list', 'groups'],
  ['version', '--version'],
  ['start-live-tail', 'tail'],
  ['filter-log-events', 'fetch'],
  ['put-log-events', 'put'],
])('cwlogs %s', async (line, meant) => {
  expect(await refusal(line)).toBe(`cwlogs: "${line.split(' ')[0]}" is not a cwlogs command; did you mean ${meant}?\n`);
});

const program = await createProgram(memoryIo());
const rows = otherNames.flatMap((row) => row.flags.map((flag) => [flag, row] as const));

describe('a row of the table', () => {
  test.each(rows)('%s is of no command in which it helps, and helps in one', (flag, { meant, fix, of }) => {
    const helped = program.commands.filter((command) => of?.includes(command.name()) !== false);
    const without = helped.filter(({ options }) => !options.some(({ short, long }) => short === flag || long === flag));
    const expected = [`did you mean ${meant}?`, fix];
    const fixes = without.map((command) => fixOf(flag, command)?.fix);
    expect(fixes.filter((one) => expected.includes(one))).not.toEqual([]);
  });
});
