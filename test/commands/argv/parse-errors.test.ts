import { expect, test } from 'vitest';
import { main } from '../../../src/main.js';
import { memoryIo } from '../../support/memory-io.js';

test.each([
  ['fetch', '<group> is missing; try: cwlogs fetch /aws/lambda/checkout, or cwlogs groups, which lists them'],
  [
    'tail --for 5m',
    '<group> is missing; try: cwlogs tail /aws/lambda/checkout --for 5m, or cwlogs groups, which lists them',
  ],
  ['streams', '<group> is missing; try: cwlogs streams /aws/lambda/checkout, or cwlogs groups, which lists them'],
  ['verify', '<path> is missing; try: cwlogs verify api.log.gz'],
  ['pattern', '<pattern> is missing; try: cwlogs pattern ERROR app.log'],
  ['pattern --count', '<pattern> is missing; try: cwlogs pattern ERROR app.log --count'],
  ['completion', '<shell> is missing; try: cwlogs completion bash'],
  ['demo', '<command> is missing; try: cwlogs demo fetch /demo/api --start 1h'],
  ['demo --quiet', '--quiet stands before the command; write: cwlogs demo fetch /demo/api --start 1h'],
  ['fetch g --start', '--start has no value; try --start 2h'],
  ['fetch g -n', '--last has no value; try --last 100'],
  ['groups a b c', '"b" is one too many: groups takes <pattern> alone; put a value with spaces in quotes'],
  [
    'streams g a b',
    '"b" is one too many: streams takes <group> and <pattern> alone; put a value with spaces in quotes',
  ],
  ['serve x', '"x" is one too many: serve takes no operand; put a value with spaces in quotes'],
  ['fetch g --satrt 1h', '--satrt "1h" is not an option of fetch; did you mean --start?'],
  ['fetch g --filter-pattern ERROR', '--filter-pattern "ERROR" is not an option of fetch; did you mean --filter?'],
  [
    'serve --end=1h',
    '--end "1h" is not an option of serve, but of fetch, trace, histogram, query, export; cwlogs serve --help lists its own',
  ],
  ['fetch g --sicne 1h', '--sicne "1h" is not an option of fetch; did you mean --since?'],
  ['tail g -100', '-100 is not an option of tail; write -n 100'],
  ['query x --group g -100', '-100 is not an option of query; write --limit 100'],
  ['fetch g --bogus', '--bogus is not an option of fetch; cwlogs fetch --help lists its own'],
  ['tail g --live --no-follow', '--live and --no-follow cannot be used together; leave one out'],
  ['fetch g --quiet=yes', '--quiet takes no value, and has "yes"; write --quiet alone'],
  ['fetch g -quiet', '-quiet is not an option; write --quiet'],
  ['get g --satrt 1h', '--satrt "1h" is not an option of fetch; did you mean --start?'],
  [
    'fetch g --filter ERROR -timeout',
    "-timeout is not an option here; if it is a part of the pattern, put all of it in one pair of quotes: --filter 'ERROR -timeout'",
  ],
  [
    'fetch -F ERROR -quick disk /app/web --start 1h',
    "-quick is not an option here; if it is a part of the pattern, put all of it in one pair of quotes: -F 'ERROR -quick disk'",
  ],
  ['fetch g -timeout', '-timeout is not an option of fetch; cwlogs fetch --help lists its own'],
  ['fetch g --filter ERROR --bogus', '--bogus is not an option of fetch; cwlogs fetch --help lists its own'],
  ...['$.status', '{', '}', '?WARN', '&&', '>='].map((word): [string, string] => [
    `fetch g --filter { ${word} 500`,
    `<group> "${word}" is not a log group name, but a part of a filter pattern; put all of it in one pair of single quotes: --filter '{ $.status >= 500 }'`,
  ]),
  ['--verison', '--verison is not an option here; did you mean --version?'],
  ['--bogus', '--bogus is not an option here; try cwlogs --help'],
])('cwlogs %s', async (line, message) => {
  const io = memoryIo();
  expect(await main(line.split(' '), io)).toBe(2);
  expect(io.stderr.text()).toBe(`cwlogs: ${message}\n`);
  expect(io.stdout.text()).toBe('');
});
