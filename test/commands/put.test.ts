import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClosedPipeError } from '../../src/errors.js';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30, 45, 123);
const dayMs = 86_400_000;
let endpoint: LocalEndpoint;

beforeEach(async () => {
  endpoint = await startEndpoint({ now: () => nowMs });
  endpoint.store.createGroup('/app');
  endpoint.store.seedEvents('/app', 's', []);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await endpoint.close();
});

/** Runs `put` with this on its stdin. */
async function put(args: string, stdin: Iterable<string> | AsyncIterable<string> = ['a\nb\n']) {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, stdin });
  const exitCode = await main(['put', ...args.split(' ').filter((word) => word !== '')], io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

const stored = (logGroup = '/app') =>
  endpoint.store
    .group(logGroup)
    .timeline.events()
    .map(({ timestamp, message }) => ({ timestamp, message }));
const messages = (logGroup?: string) => stored(logGroup).map(({ message }) => message);
const streams = (logGroup = '/app') => [...endpoint.store.group(logGroup).streams.keys()];

test('lines go into a stream, with the time of their reading', async () => {
  expect(await put('/app s')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'cwlogs: 2 delivered, 0 rejected; /app, stream s\n',
  });
  expect(stored()).toEqual([
    { timestamp: nowMs, message: 'a' },
    { timestamp: nowMs, message: 'b' },
  ]);
});

test('without a stream it is a new one, named by the time and unlike any other', async () => {
  await put('/app');
  await put('/app');
  const [, first, second] = streams();
  expect(first).toMatch(/^2026-11-20T15-30-45Z-[0-9a-f]{8}$/);
  expect(second).not.toBe(first);
});

test.each<[string, string[], string[]]>([
  ['without an end', ['a\nb'], ['a', 'b']],
  ['with CRLF', ['a\r\nb\r\n'], ['a', 'b']],
  ['cut anywhere', ['a', 'b\n', 'c', '\n'], ['ab', 'c']],
])('lines %s', async (_, stdin, expected) => {
  await put('/app s', stdin);
  expect(messages()).toEqual(expected);
});

test('empty lines are left out and counted, which is no failure', async () => {
  const { exitCode, stderr } = await put('/app s', ['a\n\n\nb\n']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: 'cwlogs: 2 delivered, 0 rejected, 2 empty left out; /app, stream s\n',
  });
});

test('stdin that is not UTF-8 is said', async () => {
  const { stderr } = await put('/app s', ['caf\ufffd\n']);
  expect(stderr).toContain('1 with bytes that are not UTF-8, kept as \ufffd');
});

test('a group that does not exist is a failure, with the way to make it', async () => {
  expect(await put('/new s')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: [
      'cwlogs: --create would make /new\n',
      'cwlogs: INCOMPLETE: 0 delivered, 0 rejected, 2 not delivered; /new, stream s\n',
      'cwlogs: log group "/new" does not exist in us-east-1; cwlogs groups lists them\n',
    ].join(''),
  });
});

test('a delivery that fails for good counts what was read, and says that there is more', async () => {
  let asked = 0;
  const stdin = (async function* () {
    for (; asked < 1_000; asked += 1) yield `${'x'.repeat(100_000)}\n`;
  })();
  const { exitCode, stderr } = await put('/new s --batch-interval 1ms', stdin);
  expect({ exitCode, readAll: asked === 1_000 }).toEqual({ exitCode: 1, readAll: false });
  expect(stderr).toMatch(
    /^cwlogs: INCOMPLETE: 0 delivered, 0 rejected, \d+ not delivered, the rest of stdin not read; \/new, stream s$/m,
  );
});

test('--create makes it, with the retention that was asked for', async () => {
  const { exitCode } = await put('/new --create --retention 30');
  expect(exitCode).toBe(0);
  expect(endpoint.store.group('/new').retentionInDays).toBe(30);
});

test('--quiet says nothing of a success', async () => {
  expect(await put('/app s --quiet')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('--tee copies what comes, as it comes', async () => {
  const { stdout } = await put('/app s --tee', ['a\r\nb', '\nc']);
  expect(stdout).toBe('a\r\nb\nc');
  expect(messages()).toEqual(['a', 'b', 'c']);
});

test.each([
  ['the group is missing', '/new s', 'log group "/new" does not exist in us-east-1'],
  ['a line is no event', '/app --from-json', '--from-json takes events as fetch --format json writes them, and line 1'],
])('--tee copies on to the end where nothing can be delivered: %s', async (_, args, said) => {
  const stdin = (async function* () {
    yield 'a\n';
    // Long after that the delivery has failed.
    await vi.waitFor(() => expect(io.stderr.text()).toContain('stdin is copied on, and no longer delivered'));
    yield 'b\n'.repeat(3);
    yield 'end';
  })();
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, stdin });
  expect(await main(['put', ...args.split(' '), '--tee', '--batch-interval', '1ms'], io)).not.toBe(0);
  expect(io.stdout.text()).toBe('a\nb\nb\nb\nend');
  expect(io.stderr.text()).toContain('the rest of stdin only copied;');
  expect(io.stderr.text()).toContain(said);
});

test('--tee ends with the delivery where nobody reads the copy', async () => {
  const stdin = (async function* () {
    for (;;) yield 'a\n';
  })();
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, stdin });
  const stdout = {
    ...io.stdout,
    async write() {
      throw new ClosedPipeError('stdout was closed');
    },
  };
  expect(await main(['put', '/new', 's', '--tee', '--batch-interval', '1ms'], { ...io, stdout })).toBe(1);
  expect(io.stderr.text()).not.toContain('copied on');
});

test('--json-time takes the time from a field, and for other lines that of the line before', async () => {
  const at = nowMs - 5_000;
  const lines = [`{"ts":${at / 1_000},"m":1}`, 'no json', `{"ts":"${new Date(at + 7).toISOString()}"}`];
  const { stderr } = await put('/app s --json-time ts', [lines.join('\n')]);
  expect(stored().map(({ timestamp }) => timestamp)).toEqual([at, at, at + 7]);
  expect(stderr).toContain('1 without a time of their own');
});

test.each([
  ['--json-time ts', '--json-time finds no time in the first line, which has that of its reading: "no json"'],
  ['--time-format yyyy-MM-dd,HH', '--time-format finds no time in the first line, which has that of its reading'],
])('%s warns where already the first line has no time', async (option, said) => {
  const { exitCode, stderr } = await put(`/app s ${option}`, ['no json\nnor here\n']);
  expect({ exitCode, times: stored().map(({ timestamp }) => timestamp) }).toEqual({
    exitCode: 0,
    times: [nowMs, nowMs],
  });
  expect(stderr.split('\n')[0]).toContain(`cwlogs: ${said}`);
  expect(stderr).toContain('2 without a time of their own');
});

test('--time-format takes the time from the line, in the zone', async () => {
  await put('/app s --time-format dd/MMM/yyyy:HH:mm:ss --tz Europe/Berlin', ['1.2.3.4 [20/Nov/2026:10:00:00] GET\n']);
  expect(stored()[0]?.timestamp).toBe(Date.UTC(2026, 10, 20, 9));
});

test('--multiline joins the lines of an event', async () => {
  await put('/app s --multiline ^\\d', ['1 a\n  at b\n', '\n  at c\n2 d\n']);
  expect(messages()).toEqual(['1 a\n  at b\n\n  at c', '2 d']);
});

test('events that are too old are told before the first request, counted, and make exit code 1', async () => {
  const lines = [15 * dayMs, 14 * dayMs + 1, 0].map((ageMs) => `{"time":${nowMs - ageMs}}`);
  expect(await put('/app s --json-time time', [lines.join('\n')])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: [
      'cwlogs: 2 older than 14 days: left out, CloudWatch Logs does not take them\n',
      'cwlogs: INCOMPLETE: 1 delivered, 2 rejected (2 older than 14 days); /app, stream s\n',
    ].join(''),
  });
});

const event = (timestamp: number, stream: string, message: string): string =>
  JSON.stringify({ timestamp, time: '', ingestionTime: 1, region: 'r', group: '/g', stream, message, eventId: '1' });

test('--from-json restores events with their times and streams, and messages untouched', async () => {
  const lines = [event(nowMs - 2, 'x/1', 'a\n b\n'), event(nowMs - 1, 'x/2', 'c'), event(nowMs, 'x/1', 'd')];
  const { stderr } = await put('/app --from-json', [`${lines.join('\n')}\n`]);
  expect(stderr).toBe('cwlogs: 3 delivered, 0 rejected; /app\n');
  expect(streams().sort()).toEqual(['s', 'x/1', 'x/2']);
  expect(stored()).toEqual([
    { timestamp: nowMs - 2, message: 'a\n b\n' },
    { timestamp: nowMs - 1, message: 'c' },
    { timestamp: nowMs, message: 'd' },
  ]);
});

test('--from-json with a stream puts them all there', async () => {
  await put('/app s --from-json', [`${event(nowMs, 'x/1', 'a')}\n${event(nowMs, 'x/2', 'b')}\n`]);
  expect(streams()).toEqual(['s']);
});

test('a line that is no event ends --from-json, with its number; what came before is delivered', async () => {
  const { exitCode, stderr } = await put('/app --from-json', [`${event(nowMs, 'x', 'a')}\n`, 'plain\n']);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    [
      'cwlogs: 1 delivered, 0 rejected, the rest of stdin not read; /app\n',
      'cwlogs: INCOMPLETE: --from-json takes events as fetch --format json writes them, and line 2 of stdin is none: "plain"; leave --from-json out to send lines as they are\n',
    ].join(''),
  );
});

test('what fetch --format json writes is copied by put --from-json', async () => {
  for (let index = 0; index < 3_000; index += 1) {
    const events = [{ timestamp: nowMs - 3 * dayMs + Math.floor(index / 3) * 60_000, message: `{"n":${index}}\n` }];
    endpoint.store.seedEvents('/app', `s/${index % 7}`, events);
  }
  const fetched = memoryIo({ env: endpointEnv(endpoint), nowMs });
  await main(['fetch', '/app', '--start', '4d', '--format', 'json'], fetched);
  const { exitCode } = await put('/copy --create --from-json', [fetched.stdout.text()]);
  expect(exitCode).toBe(0);
  for (const name of streams().filter((stream) => stream !== 's')) {
    const of = (logGroup: string) =>
      endpoint.store
        .group(logGroup)
        .streams.get(name)
        ?.timeline.events()
        .map(({ timestamp, message }) => `${timestamp} ${message}`);
    expect(of('/copy')).toEqual(of('/app'));
  }
});

test('interrupted, what was read is delivered, and that is said', async () => {
  async function* stdin() {
    yield 'a\nb';
    io.interrupt('SIGTERM');
    yield 'never';
  }
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, stdin: stdin() });
  const exitCode = await main(['put', '/app', 's'], io);
  expect(exitCode).toBe(143);
  expect(messages()).toEqual(['a', 'b']);
  expect(io.stderr.text()).toBe(
    [
      'cwlogs: interrupted: delivering what was read; once more leaves it\n',
      'cwlogs: 2 delivered, 0 rejected; /app, stream s\n',
      'cwlogs: interrupted by SIGTERM\n',
    ].join(''),
  );
});

test('interrupted in an outage after the end of stdin, it delivers when that ends', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  await endpoint.beginOutage('500');
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, stdin: ['a\n'] });
  const running = main(['put', '/app', 's'], io);
  await vi.waitFor(() => expect(io.stderr.text()).toContain('holding what is read and trying on'));
  io.interrupt('SIGINT');
  await endpoint.endOutage();
  expect(await running).toBe(130);
  expect(messages()).toEqual(['a']);
  expect(io.stderr.text()).toContain('interrupted: delivering what was read');
});

test('a stdin that stays open does not hold a run that has failed', async () => {
  const stdin = (async function* () {
    yield 'a\n';
    await new Promise(() => {});
  })();
  expect((await put('/new s --batch-interval 1ms', stdin)).exitCode).toBe(1);
});

test('lines that come slowly are sent meanwhile, without waiting for the end', async () => {
  const stdin = (async function* () {
    yield 'a\n';
    await vi.waitFor(() => expect(messages()).toEqual(['a']));
    yield 'b\n';
  })();
  expect((await put('/app s --batch-interval 1ms', stdin)).exitCode).toBe(0);
});

test('an answer that was lost is told as what may be there twice', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const real = endpoint;
  endpoint = await startEndpoint({
    now: () => nowMs,
    switches: { faults: { share: 0.5, kinds: ['cut'] }, seed: 5 },
  });
  await real.close();
  endpoint.store.createGroup('/app');
  const { stderr } = await put('/app s --concurrency 1', Array(30).fill('a\n'.repeat(4_000)));
  expect(stderr).toMatch(/^cwlogs: 120,000 delivered, 0 rejected, [\d,]+ may be there twice; /m);
});

test('--dry-run prints what would be done, and does nothing', async () => {
  const { stdout } = await put('/app s --dry-run --create --retention 7 --batch-interval 5s --oversize truncate');
  expect(JSON.parse(stdout)).toEqual({
    command: 'put',
    region: 'us-east-1',
    logGroup: '/app',
    logStream: 's',
    createGroup: true,
    retentionDays: 7,
    oversize: 'truncate',
    batchIntervalMs: 5_000,
    maxOutageMs: 600_000,
    maxQueuedBytes: 6_000_000,
    zone: 'UTC',
    fromJson: false,
    tee: false,
  });
  expect(endpoint.requests.size).toBe(0);
});

const page = 'https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Fapp';
test.each([
  [`${page}/log-events/web$252F1`, 'web/1'],
  [`${page}/log-events/web$252F1 mine`, 'mine'],
])('a console URL is its group and its stream: %s', async (args, stream) => {
  expect((await put(args)).stderr).toBe(`cwlogs: 2 delivered, 0 rejected; /app, stream ${stream}\n`);
  expect(streams()).toEqual(['s', stream]);
});

test.each([
  ['/app --retention 7', '--retention "7" is for a new group; add --create, or leave it out: a group that exists'],
  [
    '/app --create --retention 8',
    '--retention "8" is not a number of days that CloudWatch Logs keeps events for; try 5',
  ],
  ['/app --create --retention week', '--retention "week" is not a number of days'],
  ['/app --oversize drop', '--oversize "drop" is not known; use split, truncate, reject'],
  ['/app --batch-interval soon', '--batch-interval "soon" is not a duration'],
  ['/app --buffer lots', '--buffer "lots" is not a size; try --buffer 64MB'],
  ['/app --buffer 0', '--buffer "0" holds nothing; try --buffer 64MB'],
  ['/app --json-time a --time-format b', '--json-time and --time-format cannot be used together'],
  ['/app --from-json --multiline x', '--from-json and --multiline cannot be used together'],
  ['/app --time-format yyyy', '--time-format "yyyy" lacks the month, the day or the hour'],
  ['/app --multiline (', '--multiline "(" is not a regular expression'],
  ['/app a:b', '[stream] "a:b" is not a stream name'],
  ['arn:aws:logs:eu-west-1:123456789012:log-group:/x', 'is an ARN, which cannot be written to; give its name'],
  ['/app --region eu-west-1 --region us-east-1', '--region is given several times: put writes to one region'],
])('put %s is refused before any request', async (args, said) => {
  const { exitCode, stderr } = await put(args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(said);
  expect(endpoint.requests.size).toBe(0);
});

test('what is read before an interruption is delivered, also where nobody reads the copy of --tee', async () => {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, stdin: ['a\n', 'never\n'] });
  const stdout = {
    ...io.stdout,
    async write() {
      io.interrupt('SIGINT');
      throw new DOMException('This operation was aborted', 'AbortError');
    },
  };
  expect(await main(['put', '/app', 's', '--tee'], { ...io, stdout })).toBe(130);
  expect(messages()).toEqual(['a']);
});

test('an event of several lines is one, also where the service is slow to take those before it', async () => {
  const real = endpoint;
  endpoint = await startEndpoint({ now: () => nowMs, switches: { latencyMs: [1_100, 1_100] } });
  await real.close();
  endpoint.store.createGroup('/app');
  endpoint.store.seedEvents('/app', 's', []);
  await put('/app s --multiline ^\\d --buffer 1 --batch-interval 1ms', ['1 a\n2 b\n', ' c\n']);
  expect(messages()).toEqual(['1 a', '2 b\n c']);
});
