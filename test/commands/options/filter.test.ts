import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';
import { type MemoryIo, memoryIo } from '../../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
let endpoint: LocalEndpoint;
let io: MemoryIo;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs });
  endpoint.store.createGroup('/app');
  endpoint.store.seedEvents('/app', 's', [
    { timestamp: nowMs - 4_000, message: '{"level":"info","status":200}' },
    { timestamp: nowMs - 3_000, message: '{"level":"error","status":500}' },
    { timestamp: nowMs - 2_000, message: '{"level":"fatal","status":"503"}' },
    { timestamp: nowMs - 1_000, message: 'ERROR: not JSON' },
  ]);
});
afterAll(() => endpoint.close());
beforeEach(() => {
  const env = {
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    TZ: 'UTC',
  };
  io = memoryIo({ env, nowMs });
});

const readers = [
  ['fetch', ['fetch', '/app', '--start', '1h']],
  ['tail', ['tail', '/app', '--no-follow']],
] as const;

describe.each(readers)('%s', (_, command) => {
  test.each<[string, string[], string | null]>([
    ['no filter', [], null],
    ['a filter is sent as it is', ['-F', ' ?ERROR  ?WARN '], ' ?ERROR  ?WARN '],
    ['a filter that begins with -', ['--filter', '-health'], '-health'],
    ['a condition', ['-w', 'level=error'], '{ $.level = "error" }'],
    ['two conditions', ['-w', 'level=error', '--where', 'status>=500'], '{ $.level = "error" && $.status >= 500 }'],
    ['either of two values', ['-w', 'level=error,fatal'], '{ $.level = "error" || $.level = "fatal" }'],
    ['a filter and a condition', ['-F', '{ $.a = 1 }', '-w', 'b~x'], '{ ($.a = 1) && $.b = "*x*" }'],
    ['a mistake, unchecked', ['-F', '{ $.a == 1 }', '--no-check'], '{ $.a == 1 }'],
    ['nothing but a space, unchecked', ['-F', ' ', '--no-check'], ' '],
    ['a condition alone with --no-check', ['-w', 'a=1', '--no-check'], '{ $.a = 1 }'],
  ])('%s', async (_title, flags, pattern) => {
    expect(await main([...command, ...flags, '--dry-run'], io)).toBe(0);
    expect(JSON.parse(io.stdout.text()).filterPattern ?? null).toBe(pattern);
    expect(io.stderr.text()).toBe('');
  });

  test.each<[string, string[], string[]]>([
    [
      'two equals signs',
      ['-F', '{ $.a == 1 }'],
      ['--filter is not a filter pattern: expected a value at column 8; write = once', '{ $.a == 1 }', '       ^'],
    ],
    [
      'a field whose $ the shell took',
      ['-F', '{ .status = 500 }'],
      [
        '--filter is not a filter pattern: expected a field such as $.level at column 3; the shell took what began with $: put the whole pattern in single quotes',
        '{ .status = 500 }',
        '  ^',
      ],
    ],
    [
      'a word with a - in it',
      ['-F', 'time-out'],
      [
        '--filter is not a filter pattern: expected a word of letters, digits and _, a "quoted text" or a %regular expression% at column 5; quote it: "time-out"',
        'time-out',
        '    ^',
      ],
    ],
    [
      'a mistake in a filter beside a condition',
      ['-F', '{ $.a', '-w', 'b=1'],
      [
        '--filter is not a filter pattern: expected =, !=, <, <=, >, >=, IS or NOT EXISTS at column 6',
        '{ $.a',
        '     ^',
      ],
    ],
    ['an empty filter', ['-F', ''], ['--filter "" is empty; leave it out to get every event']],
    [
      'a condition whose comparison the shell took',
      ['-w', 'status'],
      [
        `--where "status" has no comparison: unquoted, a > or < and what follows went to the shell; quote it, as in 'status>=500'`,
      ],
    ],
    [
      'a condition of another language',
      ['-w', 'status==500'],
      [`--where "status==500" has == where = is meant; write status=500, or 'status="=500"' for that text`],
    ],
    [
      'a condition beside terms',
      ['-F', 'ERROR', '-w', 'a=1'],
      [
        '--where "a=1" asks for a field of JSON messages, and --filter "ERROR" is not of the form { … }: one request cannot say both; give one of the two',
      ],
    ],
    [
      'a condition beside an unchecked filter',
      ['-F', '{ $.a = 1 }', '-w', 'b=1', '--no-check'],
      ['--where joins a --filter only when it is understood, which --no-check forgoes; leave one of the three out'],
    ],
  ])('%s is refused before any request', async (_title, flags, lines) => {
    const before = total();
    expect(await main([...command, ...flags], io)).toBe(2);
    expect(io.stdout.text()).toBe('');
    expect(io.stderr.text()).toBe(lines.map((line) => `cwlogs: ${line}\n`).join(''));
    expect(total()).toBe(before);
  });

  test.each([
    ['one that is ignored', ['-F', '?error status'], 'terms with ? are ignored as soon as there is one without'],
    ['one on a missing field', ['-F', '{ $.level != info }'], '!= does not match a message without $.level'],
  ])('a legal and surprising filter is warned of once: %s', async (_title, flags, words) => {
    expect(await main([...command, ...flags], io)).toBe(0);
    expect(io.stderr.text()).toMatch(/^cwlogs: --filter: [^\n]+\n$/);
    expect(io.stderr.text()).toContain(words);
    expect(io.stdout.text()).toContain('"status":500');
  });

  test.each([['--quiet'], ['--no-check']])('%s leaves the warning out', async (flag) => {
    expect(await main([...command, '-F', '?error status', flag], io)).toBe(0);
    expect(io.stderr.text()).toBe('');
  });

  test('conditions select what they say', async () => {
    expect(await main([...command, '-w', 'level=error,fatal', '-w', 'status=503'], io)).toBe(0);
    expect(io.stdout.text()).toBe('{"level":"fatal","status":"503"}\n');
  });

  test('the service is the one to refuse an unchecked filter', async () => {
    const before = endpoint.requests.get('FilterLogEvents') ?? 0;
    expect(await main([...command, '-F', '{ $.a == 1 }', '--no-check'], io)).toBe(1);
    expect(io.stderr.text()).toContain('--filter was refused by the service: Invalid filter pattern');
    expect(endpoint.requests.get('FilterLogEvents')).toBeGreaterThan(before);
  });
});

function total(): number {
  return [...endpoint.requests.values()].reduce((sum, count) => sum + count, 0);
}
