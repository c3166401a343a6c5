import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30, 45, 123);
const lambdaStreams = ['2026/11/20/[$LATEST]aa', '2026/11/20/[7]bb', '2026/11/19/[$LATEST]cc', 'manual?'];
const ownArn = 'arn:aws:logs:us-east-1:123456789012:log-group:/prod/api';
let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs });
  const { store } = endpoint;
  for (const name of ['/prod/api', '/prod/checkout', '/prod/worker', '/test/worker', 'plain', '/x/plain']) {
    store.createGroup(name);
    store.seedEvents(name, 's', [at(-10, `of ${name}`)]);
  }
  store.createGroup('/prod/cold', { logGroupClass: 'INFREQUENT_ACCESS' });
  store.createGroup('/fn');
  for (const [index, name] of lambdaStreams.entries()) store.seedEvents('/fn', name, [at(-20 + index, name)]);
  store.createGroup('/many');
  for (let stream = 0; stream < 250; stream++) {
    store.seedEvents('/many', `s${stream}`, [at(-(stream + 1) / 10, `m${stream}`)]);
  }
});
afterAll(() => endpoint.close());

let io: MemoryIo;
/** The requests of earlier tests. */
let before: ReadonlyMap<string, number>;
beforeEach(() => {
  io = newIo();
  before = new Map(endpoint.requests);
});

async function run(...words: string[]): Promise<number> {
  return main(words, io);
}

describe('groups', () => {
  test.each([
    ['a pattern', ['/prod/*'], ['/prod/api', '/prod/checkout', '/prod/worker']],
    ['a pattern across /', ['*/worker'], ['/prod/worker', '/test/worker']],
    ['a pattern and what it matches too', ['/prod/api', '/prod/a*'], ['/prod/api']],
    ['an unambiguous last part', ['checkout'], ['/prod/checkout']],
    ['an exact name, which decides over a last part', ['plain'], ['plain']],
    ['several last parts', ['prod/worker', 'test/worker'], ['/prod/worker', '/test/worker']],
    ['an ARN', ['arn:aws:logs:us-east-1:123456789012:log-group:/prod/api:*'], ['/prod/api']],
  ])('%s', async (_, operands, groups) => {
    expect(await run('fetch', ...operands, '--start', '1h')).toBe(0);
    expect(messages().sort()).toEqual(groups.map((group) => `of ${group}`).sort());
  });

  test.each([[['/prod/api', ownArn]], [[`${ownArn}:*`, '/prod/api']], [['/prod/a*', ownArn]]])(
    '%j are one group, which is read once',
    async (operands) => {
      expect(await run('fetch', ...operands, '--start', '1h')).toBe(0);
      expect(messages()).toEqual(['of /prod/api']);
      expect(io.stderr.text()).toBe('');
    },
  );

  test('exact names and ARNs need no listing', async () => {
    await run('fetch', '/prod/api', 'plain', '--start', '1h');
    expect(asked()).toEqual(['FilterLogEvents']);
  });

  test('names come from stdin', async () => {
    io = newIo({ stdin: ['/prod/api\n/prod/ch', '*\n'] });
    await run('fetch', '-', '--start', '1h');
    expect(messages().sort()).toEqual(['of /prod/api', 'of /prod/checkout']);
  });

  test('what a last part was taken for is said on a terminal', async () => {
    io = newIo({ isTTY: true });
    await run('fetch', 'checkout', '--start', '1h');
    expect(io.stderr.text()).toContain('cwlogs: "checkout" is taken for /prod/checkout\n');
  });

  test('groups that cannot be read are left out of a pattern, and that is said', async () => {
    await run('fetch', '/prod/c*', '--start', '1h');
    expect(messages()).toEqual(['of /prod/checkout']);
    expect(io.stderr.text()).toBe(
      'cwlogs: "/prod/cold" left out: groups of class INFREQUENT_ACCESS are read with Logs Insights\n',
    );
  });

  test.each([
    [
      'worker',
      'several log groups end in "/worker" in us-east-1: /prod/worker, /test/worker; give the whole name, or "*/worker" for all',
    ],
    [
      '/prdo/*',
      'no log group matches "/prdo/*" in us-east-1; did you mean "/prod/api" or "/prod/checkout" or "/prod/cold"?',
    ],
    ['*WORKER', 'no log group matches "*WORKER" in us-east-1; did you mean "/prod/worker" or "/test/worker"?'],
    ['zzz*', 'no log group matches "zzz*" in us-east-1; cwlogs groups lists them'],
    ['/prod/co*', 'no log group that can be read matches "/prod/co*" in us-east-1; cwlogs groups lists them'],
    ['chekout', 'log group "chekout" does not exist in us-east-1; did you mean "/prod/checkout"?'],
  ])('%s fails', async (operand, message) => {
    expect(await run('fetch', operand, '--start', '1h')).toBe(1);
    expect(io.stderr.text()).toContain(`cwlogs: ${message}\n`);
    expect(io.stdout.text()).toBe('');
  });

  test.each(['a b*', 'a?*', '/prod/[a]*'])('%s is no pattern, which is found before any request', async (operand) => {
    expect(await run('fetch', operand)).toBe(2);
    expect(io.stderr.text()).toContain(`cwlogs: <group> "${operand}" is not a pattern of log group names`);
    expect(asked()).toEqual([]);
  });

  test.each([
    ['/prod/{api,web}', '/prod/api /prod/web'],
    ['/prod/{api,web}*', "'/prod/api*' '/prod/web*'"],
    ['/prod/{a,b,c,d,e}', "'/prod/*'"],
    ['/prod/ap?', "'/prod/ap*'"],
    ['/prod/[a-c]?i', "'/prod/*i'"],
  ])('%s is answered with what to write', async (operand, written) => {
    expect(await run('fetch', operand)).toBe(2);
    expect(io.stderr.text()).toContain(`only * is a wildcard, and stands for any text; write ${written}\n`);
    expect(asked()).toEqual([]);
  });

  test('--dry-run shows a pattern as it is, and makes no request', async () => {
    await run('fetch', '/prod/*', 'checkout', '--dry-run');
    expect(JSON.parse(io.stdout.text())).toMatchObject({ logGroups: ['/prod/*', 'checkout'] });
    expect(asked()).toEqual([]);
  });

  test('--dry-run shows what a console page was understood as, and makes no request', async () => {
    const page =
      'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fprod$252Fapi/log-events/web$252F1$3Fstart$3D-3600000$26filterPattern$3DERROR';
    expect(await run('fetch', page, '--dry-run')).toBe(0);
    expect(JSON.parse(io.stdout.text())).toMatchObject({
      regions: ['eu-west-1'],
      logGroups: ['/prod/api'],
      streams: { kind: 'names', names: ['web/1'] },
      startMs: nowMs - 3_600_000,
      endMs: nowMs,
      filterPattern: 'ERROR',
    });
    expect(asked()).toEqual([]);
  });
});

describe('streams', () => {
  test.each([
    [
      'a pattern in which [ and $ are themselves',
      ['2026/*[$LATEST]*'],
      ['2026/11/20/[$LATEST]aa', '2026/11/19/[$LATEST]cc'],
    ],
    ['an exact name', ['2026/11/20/[$LATEST]aa'], ['2026/11/20/[$LATEST]aa']],
    ['a prefix', ['2026/11/20/*'], ['2026/11/20/[$LATEST]aa', '2026/11/20/[7]bb']],
    ['a pattern and a name', ['*cc', 'manual?'], ['2026/11/19/[$LATEST]cc', 'manual?']],
    ['a pattern that every stream matches', ['*a*'], lambdaStreams.filter((name) => name.includes('a'))],
    ['a pattern that none matches', ['x*y'], []],
  ])('%s', async (_, streams, expected) => {
    expect(await run('fetch', '/fn', '--start', '1h', ...streams.flatMap((name) => ['--stream', name]))).toBe(0);
    expect(messages().sort()).toEqual([...expected].sort());
  });

  test('the newest events of a pattern', async () => {
    await run('fetch', '/fn', '-n', '1', '--stream', '*[$LATEST]*');
    expect(messages()).toEqual(['2026/11/19/[$LATEST]cc']);
  });

  test.each([
    ['every one', ['--stream', '*'], 250],
    ['a pattern of all', ['--stream', 's*'], 250],
    ['a pattern of more than a request takes', ['--stream', '*s1*'], 111],
  ])('of 250 streams, %s', async (_, flags, count) => {
    expect(await run('fetch', '/many', '--start', '1h', ...flags)).toBe(0);
    expect(new Set(messages()).size).toBe(count);
    expect(messages()).toHaveLength(count);
  });

  test('of 250 streams, a list of all', async () => {
    const list = join(mkdtempSync(join(tmpdir(), 'cwlogs-choosing-')), 'streams.txt');
    writeFileSync(list, Array.from({ length: 250 }, (_, stream) => `s${stream}\n`).join(''));
    expect(await run('fetch', '/many', '--start', '1h', '--stream', `@${list}`)).toBe(0);
    expect(new Set(messages()).size).toBe(250);
    expect(asked()).toEqual(['FilterLogEvents']);
  });
});

describe('listings', () => {
  test.each([
    ['groups prod --format names', ['/prod/api', '/prod/checkout', '/prod/cold', '/prod/worker']],
    ['groups /prod/*k* --format names', ['/prod/checkout', '/prod/worker']],
    ['groups --sort size --format names', ['/many']],
    ['streams /fn --sort last-event --format names', ['manual?', '2026/11/19/[$LATEST]cc']],
    ['streams /fn --sort name --format names', ['2026/11/19/[$LATEST]cc']],
  ])('%s', async (line, names) => {
    expect(await run(...line.split(' '))).toBe(0);
    expect(messages().slice(0, names.length)).toEqual(names);
  });

  const page = 'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/';
  test.each([
    ['the last part of a name', ['checkout'], ['s']],
    ['a console page of a group', [`${page}$252Ffn`], ['2026/11/19/[$LATEST]cc', '2026/11/20/[$LATEST]aa']],
    ['a console page of a stream', [`${page}$252Ffn/log-events/manual$253F`], ['manual?']],
    [
      'a console page of streams',
      [`${page}$252Ffn$3FlogStreamNameFilter$3D2026$252F11$252F19`],
      ['2026/11/19/[$LATEST]cc'],
    ],
    ['a console page and a pattern', [`${page}$252Ffn/log-events/manual$253F`, '[7]*bb'], []],
    ['a console page and part of a name', [`${page}$252Ffn/log-events/manual$253F`, '[7]'], ['2026/11/20/[7]bb']],
    ['a name on stdin', ['-'], ['s']],
  ])('streams of %s', async (_, words, names) => {
    io = newIo({ stdin: ['/prod/api\n'] });
    expect(await run('streams', ...words, '--format', 'names')).toBe(0);
    expect(messages().slice(0, 2)).toEqual(names.slice(0, 2));
  });

  test.each([
    ['chekout', 'log group "chekout" does not exist in us-east-1; did you mean "/prod/checkout"?'],
    ['worker', 'several log groups end in "/worker" in us-east-1: /prod/worker, /test/worker; give the whole name'],
  ])('streams of %s fail', async (group, problem) => {
    expect(await run('streams', group)).toBe(1);
    expect(io.stderr.text()).toContain(`cwlogs: ${problem}`);
  });

  test('streams of several groups on stdin are refused', async () => {
    io = newIo({ stdin: ['/prod/api\n/fn\n'] });
    expect(await run('streams', '-')).toBe(2);
    expect(io.stderr.text()).toContain('cwlogs: <group> "-" is several groups, and streams are of one');
  });

  test('names alone are listed a thousand a page', async () => {
    await run('groups', '--format', 'names');
    expect(asked()).toEqual(['ListLogGroups']);
  });

  test('the group that a console URL shows is listed', async () => {
    const page = 'https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group';
    expect(await run('groups', `${page}/$252Fprod$252Fapi`, '--format', 'names')).toBe(0);
    expect(messages()).toEqual(['/prod/api']);
    io = newIo();
    expect(await run('groups', 'https://example.com')).toBe(2);
    expect(io.stderr.text()).toMatch(
      /^cwlogs: \[pattern\] "https:\/\/example.com" is not an address of the AWS console;/,
    );
  });

  test('the last event of each group is a column more', async () => {
    await run('groups', '/prod/*', '--sort', 'last-event');
    const rows = messages().map((line) => line.split('\t'));
    expect(rows.map(([name, , , , , last]) => [name, last])).toEqual([
      ['/prod/api', '2026-11-20T15:20:45.123Z'],
      ['/prod/checkout', '2026-11-20T15:20:45.123Z'],
      ['/prod/worker', '2026-11-20T15:20:45.123Z'],
      ['/prod/cold', ''],
    ]);
  });

  test('a column that there is not is refused before any request', async () => {
    expect(await run('groups', '--sort', 'colour')).toBe(2);
    expect(io.stderr.text()).toBe(
      'cwlogs: --sort "colour" is not known; use name, retention, size, created, last-event\n',
    );
    expect(asked()).toEqual([]);
  });
});

describe('nothing found', () => {
  test.each([
    [
      'the newest event is named, with a command that shows it',
      ['/prod/api', '--start', '1m'],
      'to see it: cwlogs fetch /prod/api --around 2026-11-20T15:20:45.123Z',
    ],
    [
      'streams that hold nothing are pointed out',
      ['/fn', '--start', '1h', '--stream', 'x*y'],
      'to see which there are: cwlogs streams /fn --sort last-event',
    ],
    [
      'of many groups, when each had its last event',
      ['/*', '--start', '1s'],
      "to see when their last events were: cwlogs groups '/*' --sort last-event",
    ],
    [
      'a message test says how much it has looked through',
      ['/many', '--start', '1h', '-g', 'nowhere$'],
      '250 events were looked through; to see it:',
    ],
  ])('%s', async (_, words, hint) => {
    expect(await run('fetch', ...words)).toBe(0);
    expect(io.stderr.text()).toContain(`; ${hint}`);
  });
});

/** The operations that the test has asked for. */
function asked(): string[] {
  return [...endpoint.requests].flatMap(([operation, count]) => (before.get(operation) === count ? [] : [operation]));
}

function messages(): string[] {
  return io.stdout.text().split('\n').slice(0, -1);
}

function newIo(given: Parameters<typeof memoryIo>[0] = {}): MemoryIo {
  return memoryIo({ env: endpointEnv(endpoint), nowMs, ...given });
}

function at(minutes: number, message: string) {
  return { timestamp: nowMs + minutes * 60_000, message };
}
