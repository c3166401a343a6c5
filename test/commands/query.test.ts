import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 12);
let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { insights: { runningPolls: 0 } } });
  endpoint.store.createGroup('/shop', { creationTime: nowMs - 86_400_000 });
  endpoint.store.createGroup('/rare', { creationTime: nowMs - 86_400_000, logGroupClass: 'INFREQUENT_ACCESS' });
  const lines = [200, 503, 500].map((status, index) => ({
    timestamp: nowMs - 1_000 * (index + 1),
    message: JSON.stringify({ status }),
  }));
  endpoint.store.seedEvents('/shop', 'web/1', lines);
  endpoint.store.seedEvents('/rare', 'web/1', lines);
});
afterAll(() => endpoint.close());

async function run(argv: readonly string[], options: { isTTY?: boolean; stdin?: string[] } = {}) {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, columns: 200, ...options });
  const exitCode = await main(argv, io);
  return { stdout: io.stdout.text(), stderr: io.stderr.text(), exitCode };
}

const failures = 'fields @timestamp, status | filter status >= 500 | sort @timestamp desc | limit 20';

describe('query', () => {
  test('prints a table on a terminal, with what it will scan before and what it has scanned after', async () => {
    const { stdout, stderr, exitCode } = await run(['query', failures, '--group', '/shop', '--no-progress'], {
      isTTY: true,
    });
    expect(stdout).toBe(
      '\u001b[2m@timestamp               status\u001b[22m\n' +
        '2026-11-20 11:59:58.000     503\n2026-11-20 11:59:57.000     500\n',
    );
    expect(stderr).toContain('cwlogs: us-east-1 · /shop · 11:00 → now (UTC)\n');
    expect(stderr).toContain('cwlogs: scans about 5 B if the 120 B that the groups store are spread evenly\n');
    expect(stderr).toMatch(/cwlogs: 2 rows; 120 B scanned \(3 events\) by 1 query in \d s\n$/);
    expect(exitCode).toBe(0);
  });

  test.each([
    [[], '@timestamp\tstatus\n2026-11-20 11:59:58.000\t503\n2026-11-20 11:59:57.000\t500\n'],
    [['--format', 'csv'], '@timestamp,status\n2026-11-20 11:59:58.000,503\n2026-11-20 11:59:57.000,500\n'],
    [
      ['--format', 'table'],
      '@timestamp               status\n2026-11-20 11:59:58.000     503\n2026-11-20 11:59:57.000     500\n',
    ],
  ])('piped, with %j', async (more, stdout) => {
    expect(await run(['query', failures, '--group', '/shop', ...more])).toMatchObject({ stdout, exitCode: 0 });
  });

  test.each([
    [
      failures,
      ['--format', 'table'],
      '@timestamp (Europe/Berlin)  status\n2026-11-20 12:59:58.000        503\n2026-11-20 12:59:57.000        500\n',
    ],
    [
      'stats count(*) as n by bin(1h) as hour',
      ['--format', 'table'],
      'hour (Europe/Berlin)     n\n2026-11-20 12:00:00.000  3\n',
    ],
    [failures, ['--format', 'csv'], '@timestamp,status\n2026-11-20 11:59:58.000,503\n2026-11-20 11:59:57.000,500\n'],
    [failures, [], '@timestamp\tstatus\n2026-11-20 11:59:58.000\t503\n2026-11-20 11:59:57.000\t500\n'],
  ])(
    'with --tz a table shows the times of the zone, and what programs read stays: %s %j',
    async (text, more, stdout) => {
      const tz = ['--tz', 'Europe/Berlin'];
      expect(await run(['query', text, '--group', '/shop', ...tz, ...more])).toMatchObject({ stdout, exitCode: 0 });
    },
  );

  test('as messages, rows are the events', async () => {
    const text = 'fields @timestamp, @message | limit 1';
    const { stdout } = await run(['query', text, '--group', '/shop', '--format', 'message']);
    expect(stdout).toBe('{"status":200}\n');
    const short = ['query', 'fields @message', '--group', '/shop', '--format', 'message'];
    expect(await run(short)).toMatchObject({
      exitCode: 2,
      stderr:
        'cwlogs: --format "message" needs the fields @timestamp and @message in every row; begin the query with: fields @timestamp, @message\n',
    });
    const renamed = ['query', 'fields @message as @timestamp, @message', '--group', '/shop', '--format', 'message'];
    expect(await run(renamed)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        'cwlogs: INCOMPLETE: a row without @timestamp and @message cannot be shown by --format message; begin the query with: fields @timestamp, @message, or choose another format\n',
      ),
    });
    const reader = 'fields @timestamp, @message | filter status = 200 | sort @timestamp | limit 2';
    expect(await run(['query', reader, '--group', '/shop', '--format', 'message'])).toMatchObject({ exitCode: 0 });
  });

  test('the text comes from a file or from stdin', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cwlogs-query-')), 'q.cwli');
    writeFileSync(file, '# all\nfields status\n');
    const read = await run(['query', '--file', file, '--group', '/shop', '--limit', '1']);
    const piped = await run(['query', '--file', '-', '--group', '/shop', '--limit', '1'], {
      stdin: ['fields ', 'status'],
    });
    expect([read.stdout, piped.stdout]).toEqual(['status\n200\n', 'status\n200\n']);
  });

  test('what the service does not understand is pointed at, in its line', async () => {
    expect(await run(['query', 'fields status\n| filter status >> 2', '--group', '/shop'])).toEqual({
      stdout: '',
      stderr:
        'cwlogs: <text> was refused by the service: unexpected symbol found > at offset 31, expecting a field (the local endpoint knows a part of the language only)\n' +
        'cwlogs: | filter status >> 2\n' +
        'cwlogs:                  ^\n',
      exitCode: 2,
    });
  });

  test('the local endpoint does not know a query that names its groups itself, and says that it is the endpoint', async () => {
    const { stderr, exitCode } = await run(['query', 'SOURCE "/shop" | fields status']);
    expect(stderr).toBe(
      'cwlogs: <text> was refused by the service: unexpected symbol found SOURCE at offset 0, expecting one of fields, display, filter, sort, limit, stats (the local endpoint knows a part of the language only)\n' +
        'cwlogs: SOURCE "/shop" | fields status\n' +
        'cwlogs: ^\n',
    );
    expect(exitCode).toBe(2);
  });

  test('a group that is not there is named, also among several', async () => {
    const missing = 'log group "/shup" does not exist in us-east-1; did you mean "/shop"?';
    for (const others of [[], ['--group', '/shop']]) {
      const { stderr, exitCode } = await run(['query', failures, '--group', '/shup', ...others]);
      expect({ stderr, exitCode }).toEqual({ stderr: `cwlogs: ${missing}\n`, exitCode: 1 });
    }
  });

  test('nothing is started that would likely scan too much', async () => {
    const started = endpoint.requests.get('StartQuery');
    const day = await run(['query', failures, '--group', '/shop', '--start', '1d', '--max-bytes', '100']);
    expect(day).toMatchObject({ stdout: '', exitCode: 3 });
    expect(day.stderr).toContain('the query was not started: it scans about 120 B');
    expect(endpoint.requests.get('StartQuery')).toBe(started);
  });

  test('--estimate says what it would be, and with --max-bytes whether a run would begin', async () => {
    const started = endpoint.requests.get('StartQuery');
    const asked = ['query', failures, '--group', '/shop', '--start', '1d', '--estimate', '--max-bytes'];
    const stdout = 'scans about 120 B if the 120 B that the groups store are spread evenly\n';
    expect(await run([...asked, '1KB'])).toEqual({ stdout, stderr: '', exitCode: 0 });
    expect(await run([...asked, '100'])).toEqual({
      stdout,
      stderr: 'cwlogs: the query would not be started: it scans more than --max-bytes 100 B\n',
      exitCode: 3,
    });
    expect(endpoint.requests.get('StartQuery')).toBe(started);
  });

  test('--estimate says what it would be, --dry-run makes no request', async () => {
    const started = endpoint.requests.get('StartQuery');
    const estimate = await run(['query', failures, '--group', '/shop', '--estimate']);
    expect(estimate.stdout).toBe('scans about 5 B if the 120 B that the groups store are spread evenly\n');
    expect(endpoint.requests.get('StartQuery')).toBe(started);
    const described = endpoint.requests.get('DescribeLogGroups');
    const { stdout } = await run([
      'query',
      'fields a',
      '--group',
      '/shop',
      '--end',
      '2026-11-20T11:59:59.5',
      '--dry-run',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      startTime: nowMs / 1_000 - 3_601,
      endTime: nowMs / 1_000,
      queryLanguage: 'CWLI',
      readInPartsWhereCut: true,
    });
    expect(endpoint.requests.get('DescribeLogGroups')).toBe(described);
  });

  test('--fail-if-empty is exit code 3', async () => {
    const { stderr, exitCode } = await run(['query', 'filter status = 1', '--group', '/shop', '--fail-if-empty', '-q']);
    expect({ stderr, exitCode }).toEqual({ stderr: 'cwlogs: the query has no row in /shop\n', exitCode: 3 });
  });
});

test.each<[string[], string]>([
  [['fields a'], '--group is needed; add --group /aws/lambda/api'],
  [['--group', '/a'], "<text> is missing; try 'fields @timestamp"],
  [['', '--group', '/a'], "<text> is no query: it is empty; try 'fields @timestamp"],
  [['x', '--file', 'y', '--group', '/a'], '<text> and --file cannot be used together'],
  [
    ['SOURCE logGroups() | fields a', '--group', '/a'],
    '--group "/a" has no place beside a query that names its groups',
  ],
  [['x', '--group', '/a', '--language', 'sql'], '--group "/a" has no place beside a query that names its groups'],
  [['x', '--group', '/a', '--language', 'lucene'], '--language "lucene" is not known; use cwli, ppl, sql'],
  [['x', '--group', '/a', '--max-bytes', 'much'], '--max-bytes "much" is not a size; try --max-bytes 10GB'],
  [['x', '--group', '/a', '--format', 'xml'], '--format "xml" is not known; use table, json, csv, tsv, message'],
  [['x', '--group', '/a', '--region', 'us-east-1', '--region', 'eu-west-1'], '--region is given several times'],
  [['x'.repeat(10_001), '--group', '/a'], '<text> has 10001 characters, and a query has 10000 at most'],
  [
    ['x', ...Array.from({ length: 51 }, (_, index) => ['--group', `/${index}a`]).flat()],
    '--group means 51 groups, and a query reads 50 groups at most',
  ],
])('a usage error is found before any request: %#', async (argv, message) => {
  const { stderr, stdout, exitCode } = await run(['query', ...argv]);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toContain(`cwlogs: ${message}`);
});

test('a console URL is its group, its region and its times', async () => {
  const page = 'https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Fshop';
  const url = `${page}/log-events$3Fstart$3D-3600000$26filterPattern$3DERROR`;
  const { stdout, stderr } = await run(['query', failures, '--group', url, '--dry-run']);
  expect(JSON.parse(stdout)).toMatchObject({
    regions: ['us-east-1'],
    logGroups: ['/shop'],
    startMs: nowMs - 3_600_000,
  });
  expect(stderr).toBe('cwlogs: the filter of the address is not used: a query says itself what it selects\n');
});

test('the ARN of a group in another region is refused by the name of its option', async () => {
  const { stderr } = await run(['query', 'x', '--group', 'arn:aws:logs:eu-west-1:123456789012:log-group:/shop']);
  expect(stderr).toMatch(/^cwlogs: --group "arn:\S+" is in eu-west-1, and what is read is us-east-1/);
});

describe('fetch --via insights', () => {
  const fetchRare = ['fetch', '/rare', '--start', '1h'];

  test('a group that FilterLogEvents refuses is read, in the order of time', async () => {
    const refused = await run(fetchRare);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('such a group is read with Logs Insights: cwlogs query, or fetch --via insights');
    const { stdout, stderr, exitCode } = await run([...fetchRare, '--via', 'insights']);
    expect(stdout).toBe('{"status":500}\n{"status":503}\n{"status":200}\n');
    expect(stderr).toMatch(/^cwlogs: 3 rows; 120 B scanned \(3 events\) by 1 query in \d s\n$/);
    expect(exitCode).toBe(0);
  });

  test('through the usual renderer', async () => {
    const { stdout } = await run([...fetchRare, '--via', 'insights', '-n', '1', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ group: '/rare', stream: 'web/1', message: '{"status":200}' });
  });

  test.each([
    [['--via', 'magic'], '--via "magic" is not known; use insights'],
    [['--via', 'insights', '--filter', 'x'], '--via insights excludes --filter and --where'],
    [['--via', 'insights', '--unmask'], '--via insights excludes --unmask'],
    [['--via', 'insights', '--follow'], '--via insights excludes --follow'],
    [['--via', 'insights', '--last', '200000'], '--last "200000" is more than the 100,000 events that a query gives'],
    [['--via', 'insights', '--limit', '100001'], '--limit "100001" is more than the 100,000 events'],
    [['--max-bytes', '1GB'], '--max-bytes "1GB" needs --via insights'],
  ])('%j is refused before any request', async (more, message) => {
    const before = new Map(endpoint.requests);
    const { stderr, exitCode } = await run([...fetchRare, ...more]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(endpoint.requests).toEqual(before);
  });
});

test('rows that the service does not give make it fail, and are said to be missing', async () => {
  endpoint.store.createGroup('/many', { creationTime: nowMs - 86_400_000 });
  const events = Array.from({ length: 100_001 }, (_, at) => ({
    timestamp: nowMs - 1 - (at % 1_000),
    message: `${at}`,
  }));
  endpoint.store.seedEvents(
    '/many',
    's',
    events.sort((a, b) => a.timestamp - b.timestamp),
  );
  const { stdout, stderr, exitCode } = await run([
    'query',
    'fields @message | sort @timestamp desc',
    '--group',
    '/many',
    '--limit',
    '100000',
  ]);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')).toHaveLength(100_002);
  expect(stderr).not.toContain('missing');
  const whole = await run(['query', 'fields @message | sort @timestamp desc', '--group', '/many']);
  expect(whole.exitCode).toBe(1);
  expect(whole.stderr).toMatch(
    /cwlogs: INCOMPLETE: rows are missing: the service gives 100,000 of a query that sorts or counts/,
  );
});

test('the text of a query comes from stdin by -, and a file that is not there is named with its flag', async () => {
  const piped = await run(['query', '-', '--group', '/shop'], { stdin: [failures] });
  expect(piped).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('503') });
  const { stderr, exitCode } = await run(['query', '--file', '/no/such', '--group', '/shop']);
  expect(stderr).toMatch(/^cwlogs: --file "\/no\/such" cannot be read: ENOENT/);
  expect(exitCode).toBe(2);
});
