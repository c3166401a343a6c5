import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30, 45, 123);
const minuteMs = 60_000;
let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 3 } });
  const { store } = endpoint;
  store.createGroup('/prod/api');
  store.createGroup('/prod/worker', { retentionInDays: 7 });
  store.createGroup('/prod/empty');
  store.createGroup('/prod/many');
  store.seedEvents('/prod/api', 'web/1', [
    at(-50, 'GET /'),
    at(-30, 'GET /orders\n'),
    at(-10, '{"level":"error","n":1.0}'),
  ]);
  store.seedEvents('/prod/api', 'web/2', [at(-40, 'POST /orders'), at(-20, 'ERROR one\n  at two\r\n')]);
  store.seedEvents('/prod/worker', 'w', [at(-45, 'job 1 ERROR'), at(-15, 'job 2')]);
  for (let stream = 0; stream < 250; stream++)
    store.seedEvents('/prod/many', `s${stream}`, [at(-(stream + 1) / 10, `m${stream}`)]);
});
afterAll(() => endpoint.close());

let io: MemoryIo;
beforeEach(() => {
  io = newIo();
});

async function run(line: string, given = io): Promise<number> {
  const words = line.match(/'[^']*'|\S+/g) ?? [];
  return main(
    words.map((word) => word.replaceAll("'", '')),
    given,
  );
}

describe('what comes out', () => {
  test('messages come in time order, over streams and pages, one trailing newline stripped', async () => {
    expect(await run('fetch /prod/api --start 1h')).toBe(0);
    expect(io.stdout.text()).toBe('GET /\nPOST /orders\nGET /orders\nERROR one\n  at two\n{"level":"error","n":1.0}\n');
    expect(io.stderr.text()).toBe('');
  });

  test('several groups are merged by time', async () => {
    await run('fetch /prod/api /prod/worker --start 1h --with-name');
    expect(
      io.stdout
        .text()
        .split('\n')
        .map((line) => line.split('\t')[0]),
    ).toEqual([
      '/prod/api:web/1',
      '/prod/worker:w',
      '/prod/api:web/2',
      '/prod/api:web/1',
      '/prod/api:web/2',
      '/prod/api:web/2',
      '/prod/worker:w',
      '/prod/api:web/1',
      '',
    ]);
  });

  test.each([
    [
      'a range: start inclusive, end exclusive',
      '--start 15:00:45.123 --end 15:20:45.123 --utc',
      ['GET /orders', 'ERROR one'],
    ],
    ['one stream', '--start 1h --stream web/2', ['POST /orders', 'ERROR one']],
    ['two streams', '--start 1h --stream web/2 --stream web/1 --limit 2', ['GET /', 'POST /orders']],
    ['a stream prefix', '--start 1h --stream-prefix web/2', ['POST /orders', 'ERROR one']],
    ['a filter pattern', '--start 1h --filter ERROR', ['ERROR one']],
    ['a limit larger than a page', '--start 1h --limit 4', ['GET /', 'POST /orders', 'GET /orders', 'ERROR one']],
    ['a moment and what surrounds it', '--around 15:00:45.123 --window 1ms --utc', ['GET /orders']],
    ['a day', '--on today --utc --limit 1', ['GET /']],
    [
      'no start: from the earliest there can be',
      '',
      ['GET /', 'POST /orders', 'GET /orders', 'ERROR one', '{"level":"error","n":1.0}'],
    ],
    ['--since and --until as other names', '--since 25m --until 15m', ['ERROR one']],
  ])('%s', async (_, flags, messages) => {
    expect(await run(`fetch /prod/api ${flags}`)).toBe(0);
    expect(
      io.stdout
        .text()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith(' ')),
    ).toEqual(messages);
  });

  test('more than 100 streams are all read, merged by time', async () => {
    const flags = Array.from({ length: 250 }, (_, stream) => `--stream s${stream}`).join(' ');
    expect(await run(`fetch /prod/many --start 1h ${flags}`)).toBe(0);
    expect(io.stdout.text()).toBe(Array.from({ length: 250 }, (_, at) => `m${249 - at}\n`).join(''));
  });

  test('json lines carry the names and the message untouched', async () => {
    await run('fetch /prod/api --start 21m --end 19m --format json');
    const event = JSON.parse(io.stdout.text());
    expect(event).toMatchObject({
      timestamp: nowMs - 20 * minuteMs,
      time: '2026-11-20T15:10:45.123Z',
      region: 'us-east-1',
      group: '/prod/api',
      stream: 'web/2',
      message: 'ERROR one\n  at two\r\n',
    });
    expect(event.eventId).toMatch(/^\d{56}$/);
  });

  test('on a terminal the time and a label stand before the message and the window is said first', async () => {
    io = newIo(true);
    await run('fetch /prod/api /prod/worker --start 16m --color never --utc');
    expect(io.stdout.text()).toBe('15:15:45.123 worker job 2\n15:20:45.123 api    {"level":"error","n":1.0}\n');
    expect(io.stderr.text()).toContain('cwlogs: us-east-1 · /prod/api, /prod/worker · ');
  });
});

describe('nothing found', () => {
  test('says which group, region and window, and when the newest event was', async () => {
    expect(await run('fetch /prod/api --start 1h --filter nowhere --utc')).toBe(0);
    expect(io.stdout.text()).toBe('');
    expect(io.stderr.text()).toMatch(
      /^cwlogs: no event matches --filter 'nowhere' in \/prod\/api \(us-east-1\) from 14:30:45 → now \(UTC\); the newest event of any kind there is of 2026-11-20T15:20:45\.123Z \(10 min ago\); to see it: cwlogs fetch \/prod\/api --around 2026-11-20T15:20:45\.123Z\n$/,
    );
  });

  test('an empty group has no newest event', async () => {
    expect(await run('fetch /prod/empty --start 1h')).toBe(0);
    expect(io.stderr.text()).toMatch(/^cwlogs: no events in \/prod\/empty [^;]*\n$/);
  });

  test('--fail-if-empty makes it exit code 3', async () => {
    expect(await run('fetch /prod/empty --start 1h --fail-if-empty')).toBe(3);
    expect(io.stderr.text()).toMatch(/^cwlogs: no events in/);
  });
});

describe('what is wrong is said', () => {
  test('a group that is not there, with the nearest names, before anything is printed', async () => {
    expect(await run('fetch /prod/api /prod/workr --start 1h')).toBe(1);
    expect(io.stdout.text()).toBe('');
    expect(io.stderr.text()).toBe(
      'cwlogs: log group "/prod/workr" does not exist in us-east-1; did you mean "/prod/worker"?\n',
    );
  });

  test('a stream that is not there', async () => {
    expect(await run('fetch /prod/api --start 1h --stream web/3')).toBe(1);
    expect(io.stderr.text()).toBe(
      'cwlogs: stream "web/3" does not exist in log group "/prod/api" (us-east-1); did you mean "web/1" or "web/2"?\n',
    );
  });

  test('a pattern that the service refuses, sent unchecked', async () => {
    expect(await run("fetch /prod/api --start 1h --filter 'a-b' --no-check")).toBe(1);
    expect(io.stderr.text()).toMatch(/^cwlogs: --filter was refused by the service: [^\n]+\n$/);
  });

  test.each([
    ['--stream a --stream-prefix b', '--stream and --stream-prefix'],
    ['--start 1h --since 2h', '--start and --since'],
    ['--tz Asia/Tokyo --utc', 'excludes --utc'],
    ['--start 1h --on today', '--start'],
    ['--limit 0', '--limit "0"'],
  ])('%s is a usage error', async (flags, words) => {
    const before = total();
    expect(await run(`fetch /prod/api ${flags}`)).toBe(2);
    expect(io.stderr.text()).toContain(words);
    expect(total()).toBe(before);
  });
});

test('a dry run makes no request and needs no credentials', async () => {
  const before = total();
  io = memoryIo({ nowMs });
  expect(await run('fetch /prod/api --start 1h --filter ERROR --stream a --dry-run --utc')).toBe(0);
  expect(JSON.parse(io.stdout.text())).toMatchObject({
    logGroups: ['/prod/api'],
    streams: { kind: 'names', names: ['a'] },
    startMs: nowMs - 60 * minuteMs,
    endMs: nowMs,
    filterPattern: 'ERROR',
    format: 'message',
    query: null,
    expand: false,
  });
  expect(total()).toBe(before);
});

test('a dry run shows how it would be shown', async () => {
  expect(await run('fetch /prod/api --dry-run --format {json.a} --query b --single-line -0 -H')).toBe(0);
  const shown = { format: '{json.a}', query: 'b', expand: false, singleLine: true, null: true, withName: true };
  expect(JSON.parse(io.stdout.text())).toMatchObject(shown);
});

test.each([
  ['--format {nope}', '--format "{nope}" has an unknown placeholder {nope}'],
  ['--query a[', '--query "a[" is not a JMESPath expression: it ends too soon at column 3'],
  ['--expand --single-line', '--expand and --single-line cannot be used together'],
  ['--follow --fail-if-empty', '--follow and --fail-if-empty cannot be used together; leave one out'],
  ['--follow --progress', '--follow and --progress cannot be used together; leave one out'],
  ['--follow --stats', '--follow and --stats cannot be used together; leave one out'],
  ['--follow --concurrency 2', '--follow and --concurrency cannot be used together; leave one out'],
  ['--follow --end 1h', '--follow and --end cannot be used together; leave one out'],
  ['--follow --until 1h', '--follow and --until cannot be used together; leave one out'],
  ['--follow --on today', '--follow and --on cannot be used together; leave one out'],
  ['--follow --around 2h', '--follow and --around cannot be used together; leave one out'],
  ['--follow --last 5', '--follow and --last cannot be used together; leave one out'],
  ['--follow -o x.log', '--follow and --output cannot be used together; leave one out'],
  ['--follow --manifest', '--follow and --manifest cannot be used together; leave one out'],
  ['--follow --resume', '--follow and --resume cannot be used together; leave one out'],
  ['--follow --force', '--follow and --force cannot be used together; leave one out'],
  ['--follow --via insights', '--via insights excludes --follow'],
  ['--follow --window 2m', '--window "2m" needs --around'],
  ['--last 5 --limit 5', '--last and --limit cannot be used together; leave one out'],
  ['--manifest', '--manifest needs a file; add -o <path>'],
  ['--resume', '--resume needs a file; add -o <path>'],
  ['--force -o -', '--force needs a file; add -o <path>'],
  ['--max-bytes 1GB', '--max-bytes "1GB" needs --via insights'],
  ['--expand --format json', '--expand lays messages out over several lines, and --format json has one'],
])('%s is refused before any request', async (options, problem) => {
  const before = total();
  expect(await run(`fetch /prod/api ${options}`)).toBe(2);
  expect(io.stderr.text()).toContain(`cwlogs: ${problem}`);
  expect(total()).toBe(before);
});

test('a reader that does not read holds the download back', async () => {
  let written = (): void => {};
  const firstWrite = new Promise<void>((resolve) => {
    written = resolve;
  });
  const stuck = {
    ...io,
    stdout: {
      ...io.stdout,
      write: () => {
        written();
        return new Promise<void>((_, reject) => io.signal.addEventListener('abort', () => reject(io.signal.reason)));
      },
    },
  };
  const before = total();
  const running = run('fetch /prod/many --start 1h --concurrency 1', stuck);
  await firstWrite;
  // A request of our own goes there and back: whatever the run had sent by now has arrived before it.
  await run('groups', newIo());
  expect(total() - before).toBe(2);
  io.interrupt('SIGINT');
  expect(await running).toBe(130);
});

test('an interrupted run ends with the exit code of the signal', async () => {
  io.interrupt('SIGTERM');
  expect(await run('fetch /prod/api --start 1h')).toBe(143);
  expect(io.stderr.text()).toBe('cwlogs: interrupted by SIGTERM\n');
});

function total(): number {
  return [...endpoint.requests.values()].reduce((sum, count) => sum + count, 0);
}

function at(minutes: number, message: string): { timestamp: number; message: string } {
  return { timestamp: nowMs + minutes * minuteMs, message };
}

function newIo(isTTY = false): MemoryIo {
  return memoryIo({ env: endpointEnv(endpoint), nowMs, isTTY });
}

describe('how it is shown', () => {
  const fetched = 'fetch /prod/api --start 1h --stream web/2';

  test.each([
    ["--format '{time:HH:mm} {group} {message}' --single-line", '15:10 /prod/api ERROR one\\n  at two\n'],
    ['--single-line', 'ERROR one\\n  at two\n'],
    ['--single-line -H', '/prod/api:web/2\tERROR one\\n  at two\n'],
    ["--format '{stream} {message}' -H", '/prod/api:web/2\tweb/2 ERROR one\n/prod/api:web/2\t  at two\n'],
    ['-0', 'ERROR one\n  at two\0'],
    ['--null --with-name', '/prod/api:web/2\tERROR one\n/prod/api:web/2\t  at two\0'],
  ])('%s', async (options, last) => {
    expect(await run(`${fetched} --utc ${options}`)).toBe(0);
    expect(io.stdout.text().endsWith(last)).toBe(true);
  });

  test.each([
    ['--query level', 'GET /\nPOST /orders\nGET /orders\nERROR one\n  at two\nerror\n'],
    ['--query n --format json', '"message":"1","eventId"'],
    ['--query nope --format json', '"message":"null","eventId"'],
    ['--query level --format fields', '"@stream":"web/1","message":"error"}'],
    ['--query {n:n} --format [{json.n}]{message}', '[]POST /orders\n'],
    ['--single-line --format json', '"message":"ERROR one\\n  at two\\r\\n","eventId"'],
    ['--single-line --format fields', '"message":"ERROR one\\n  at two"}'],
    ['--query {n:n} --format fields', ',"n":1}\n'],
    ['--expand', '{\n  "level": "error",\n  "n": 1.0\n}\n'],
  ])('%s: JSON messages are changed, others stay', async (options, part) => {
    expect(await run(`fetch /prod/api --start 1h ${options}`)).toBe(0);
    expect(io.stdout.text()).toContain(part);
    expect(io.stdout.text()).toContain('POST /orders');
  });

  test.each([
    ['{json.text}|{json.level}', 'one\\ntwo|error\n'],
    ['fields', ',"level":"error","text":"one\\ntwo"}\n'],
    ['json', ',"message":"{\\n\\"level\\":\\"error\\",\\n\\"text\\":\\"one\\\\ntwo\\"}","eventId"'],
    ['message', '{\\n"level":"error",\\n"text":"one\\ntwo"}\n'],
  ])('--single-line --format %s: one line, and JSON over several lines is JSON still', async (form, part) => {
    endpoint.store.createGroup('/prod/pretty');
    endpoint.store.seedEvents('/prod/pretty', 'p', [at(-5, '{\n"level":"error",\n"text":"one\\ntwo"}')]);
    expect(await main(['fetch', '/prod/pretty', '--start', '1h', '--single-line', '--format', form], io)).toBe(0);
    expect(io.stdout.text()).toContain(part);
    expect(io.stdout.text().split('\n')).toHaveLength(2);
    endpoint.store.deleteGroup('/prod/pretty');
  });

  const sgr = /\p{Cc}\[[\d;:]*m/gu;

  test('no form lets a message drive the terminal', async () => {
    const hostile =
      '\u001b]0;title\u0007\u001b[2J\u001b[5;5H\u001b]52;c;b3duZWQ=\u0007\u009b2J\u0090x\u001b[31mred {"a":"\u001b[2J"}';
    endpoint.store.createGroup('/prod/hostile');
    endpoint.store.seedEvents('/prod/hostile', 'h', [at(-5, hostile), at(-4, JSON.stringify({ a: hostile }))]);
    for (const form of ['message', 'short', 'detailed', 'json', 'fields', '{message}|{json.a}']) {
      for (const options of [[], ['--expand'], ['--query', 'a'], ['--single-line'], ['-H']]) {
        if (options[0] === '--expand' && (form === 'json' || form === 'fields')) continue;
        for (const color of ['always', 'never']) {
          const terminal = memoryIo({ nowMs, isTTY: true, env: endpointEnv(endpoint) });
          const argv = ['fetch', '/prod/hostile', '--start', '1h', '--format', form, '--color', color, ...options];
          expect(await main(argv, terminal)).toBe(0);
          const shown =
            color === 'always'
              ? terminal.stdout.text().replace(sgr, (code) => (code.startsWith('\u001b') ? '' : code))
              : terminal.stdout.text();
          expect(shown.replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
        }
      }
    }
  });
});
