import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30, 45, 123);
let endpoint: LocalEndpoint;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cwlogs-grep-'));
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 30 } });
  const { store } = endpoint;
  for (const group of ['/app', '/other', '/dense', '/trace']) store.createGroup(group);
  store.seedEvents('/app', 'web', numbered('web', 40, [5, 6, 20, 39]));
  store.seedEvents('/app', 'job', numbered('job', 40, [5, 12]));
  store.seedEvents('/other', 'w', numbered('other', 10, [3]));
  // More than two hundred found, in little more than two windows.
  for (const stream of ['a', 'b', 'c']) {
    const found = Array.from({ length: 250 }, (_, at) => at).filter((at) => at % 4 === 0 || (at > 100 && at < 110));
    store.seedEvents('/dense', stream, numbered(stream, 250, found, 2_500));
  }
  store.seedEvents('/trace', 't', [
    at(-900_000, '2026 INFO begin'),
    at(-800_000, '2026 ERROR failed'),
    at(-799_999, '  at a'),
    at(-799_998, '  at b'),
    at(-700_000, '2026 INFO done'),
    at(-600_000, '2026 WARN slow'),
    at(-599_990, '  at b'),
    at(-500_000, '2026 INFO end'),
  ]);
});
afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

/** Messages such as `web 05 ERROR`, evenly up to a minute ago. */
function numbered(name: string, count: number, found: readonly number[], stepMs = 60_000) {
  return Array.from({ length: count }, (_, index) =>
    at((index - count) * stepMs, `${name} ${String(index).padStart(2, '0')}${found.includes(index) ? ' ERROR' : ''}`),
  );
}

function at(offsetMs: number, message: string) {
  return { timestamp: nowMs + offsetMs, message };
}

async function run(line: string, given = memoryIo({ env: endpointEnv(endpoint), nowMs })): Promise<[number, MemoryIo]> {
  const words = line.match(/'[^']*'|\S+/g) ?? [];
  const code = await main(['fetch', ...words.map((word) => word.replaceAll("'", ''))], given);
  return [code, given];
}

async function shown(line: string): Promise<string[]> {
  const [code, io] = await run(line);
  expect([code, io.stderr.text()]).toEqual([0, '']);
  return io.stdout.text().split('\n').slice(0, -1);
}

describe('what is asked for, before any request', () => {
  test.each<[string, object]>([
    ['-g ERROR', { grep: ['ERROR'], filterPattern: '"ERROR"', exclude: [], ignoreCase: false }],
    ['-g ERROR -v health -v ping', { filterPattern: '"ERROR"', exclude: ['health', 'ping'] }],
    ['-g a -g b', { grep: ['a', 'b'], filterPattern: null }],
    ['-i -g ERROR', { ignoreCase: true, filterPattern: null }],
    ["-g 'ERR|WARN'", { filterPattern: null }],
    ['-g ERROR --filter x', { filterPattern: 'x' }],
    ['-g ERROR --where level=error', { filterPattern: '{ $.level = "error" }' }],
    ['-g ERROR -C 2', { filterPattern: '"ERROR"', context: { before: 2, after: 2 } }],
    ['-g ERROR -A 1 -B 3', { context: { before: 3, after: 1 } }],
    ['-g ERROR -C 0', { context: null }],
    ["-g ERROR --multiline '^2026'", { filterPattern: null, multiline: '^2026' }],
  ])('%s', async (options, expected) => {
    const [code, io] = await run(`/app --dry-run ${options}`);
    expect([code, io.stderr.text()]).toEqual([0, '']);
    expect(JSON.parse(io.stdout.text())).toMatchObject(expected);
  });

  test.each([
    ['-gi ERROR', '-gi is not an option: -i stands alone; write -i -g ERROR'],
    ['-vi ERROR', '-vi is not an option: -i stands alone; write -i -v ERROR'],
    ["-g '(?=x)'", '--grep "(?=x)" is not a regular expression'],
    ["-v '(a)\\1'", '--exclude "(a)\\\\1" is not a regular expression'],
    ["--multiline '['", '--multiline "[" is not a regular expression'],
    ['-i', '--ignore-case is about --grep and --exclude, and there is none'],
    ['-C 2', '--context shows what is around events that were found, and nothing is sought'],
    ['-g x -C 2 -A 1', '--context and --after-context cannot be used together'],
    ['-g x -A two', '--after-context "two" is not a whole number from 0 to 10,000; try --after-context 2'],
    ['-g x -B 10001', '--before-context "10001" is not a whole number'],
    ['--filter x --no-check -C 1', '--context needs a --filter that is understood, which --no-check forgoes'],
    ['-g x -C 1 -o x.log --resume', '--resume and --context cannot be used together'],
    ['--multiline x -o x.log --resume', '--resume and --multiline cannot be used together'],
    ['-g x -C 1 --multiline x --last 3', '--last with --multiline cannot show context'],
  ])('%s is refused', async (options, problem) => {
    const requests = endpoint.requests.size;
    const [code, io] = await run(`/app ${options}`);
    expect(code).toBe(2);
    expect(io.stderr.text()).toContain(`cwlogs: ${problem}`);
    expect(endpoint.requests.size).toBe(requests);
  });
});

describe('what is found', () => {
  test.each([
    [
      'a text, which the service finds',
      '-g ERROR',
      ['web 05 ERROR', 'job 05 ERROR', 'web 06 ERROR', 'job 12 ERROR', 'web 20 ERROR', 'web 39 ERROR'],
    ],
    ['one of two', "-g 'web 0[12]$' -g 'job 3.$' -v 3[0-8]", ['web 01', 'web 02', 'job 39']],
    ['in any case', '-i -g error -v WEB', ['job 05 ERROR', 'job 12 ERROR']],
    ['besides a filter', '--filter ERROR -g 0', ['web 05 ERROR', 'job 05 ERROR', 'web 06 ERROR', 'web 20 ERROR']],
    ['the newest of them', "-g '[02][06] ERROR' --last 2", ['web 06 ERROR', 'web 20 ERROR']],
    ['the first of them', "-g '[1-3]. ERROR' --limit 2", ['job 12 ERROR', 'web 20 ERROR']],
    ['the newest of what the service finds', '-g ERROR --last 2', ['web 20 ERROR', 'web 39 ERROR']],
    ['more than there are', "-g '3. ERROR' --last 20", ['web 39 ERROR']],
  ])('%s', async (_, options, expected) => {
    const [, io] = await run(`/app --start 1h ${options}`);
    expect(io.stdout.text().split('\n').slice(0, -1)).toEqual(expected);
  });

  test('nothing: told with what was sought; exit 3 where that was asked for', async () => {
    const [code, io] = await run("/app --start 1h -g 'no such' -g other -v x --fail-if-empty");
    expect(code).toBe(3);
    expect(io.stderr.text()).toContain("no event matches --grep 'no such' or 'other' and --exclude 'x' in /app");
  });

  test('--stats counts what was found', async () => {
    const [, io] = await run("/app --start 1h -g '0[56]' --stats --format json");
    expect(JSON.parse(io.stderr.text().replace('cwlogs: ', ''))).toMatchObject({ events: 4 });
  });
});

/** What is around every event that matches, found by reading everything. */
async function naive(group: string, { before, after }: { before: number; after: number }): Promise<string[]> {
  const all = await shown(`${group} --start 3h`);
  const islands: { first: number; lines: string[] }[] = [];
  for (const stream of new Set(all.map((line) => line.split(' ')[0]))) {
    const own = all.filter((line) => line.startsWith(`${stream} `));
    const hits = own.flatMap((line, index) => (line.endsWith('ERROR') ? [index] : []));
    let island: { first: number; lines: string[]; end: number } | undefined;
    for (const hit of hits) {
      const from = Math.max(0, hit - before);
      if (island === undefined || from > island.end) {
        island = { first: all.indexOf(own[hit] ?? ''), lines: [], end: from };
        islands.push(island);
      }
      const end = Math.min(own.length, hit + after + 1);
      if (end > island.end) island.lines.push(...own.slice(island.end, end));
      island.end = Math.max(end, island.end);
    }
  }
  islands.sort((a, b) => a.first - b.first);
  return islands.flatMap(({ lines }, index) => (index === 0 ? lines : ['--', ...lines]));
}

describe('what is around', () => {
  const sizes = [
    { before: 2, after: 2 },
    { before: 0, after: 3 },
    { before: 7, after: 0 },
    { before: 1, after: 0 },
  ];
  test.each(sizes.flatMap((size) => ['/app', '/dense'].map((group) => [group, size] as const)))(
    'in %s, %j: the same, whether the service filters or all is read',
    async (group, size) => {
      const expected = await naive(group, size);
      const context = `-B ${size.before} -A ${size.after}`;
      expect(await shown(`${group} --start 3h -g 'E(R)ROR' ${context}`)).toEqual(expected);
      expect(await shown(`${group} --start 3h -g ERROR ${context}`)).toEqual(expected);
      expect(await shown(`${group} --start 3h --filter ERROR ${context}`)).toEqual(expected);
    },
  );

  test('where much is found close together, that time is read as a whole', async () => {
    const requests = (): number => endpoint.requests.get('FilterLogEvents') ?? 0;
    const before = requests();
    const lines = await shown('/dense --start 3h --filter ERROR -B 1 --concurrency 1');
    const islands = lines.filter((line) => line === '--').length + 1;
    expect(islands).toBeGreaterThan(180);
    // Each takes two and more, where each is looked around.
    expect(requests() - before).toBeLessThan(islands * 2);
  });

  test.each([
    ['the newest', "-g 'E(R)ROR' --last 2 -C 1", ['web 19', 'web 20 ERROR', 'web 21', '--', 'web 38', 'web 39 ERROR']],
    ['the first', "-g 'E(R)ROR' --limit 2 -A 1", ['web 05 ERROR', 'web 06 ERROR', '--', 'job 05 ERROR', 'job 06']],
    ['the first, found by the service', '-g ERROR --limit 1 -C 1', ['web 04', 'web 05 ERROR', 'web 06 ERROR']],
    [
      'groups together',
      '-g ERROR -A 1 --last 4',
      ['web 06 ERROR', 'web 07', '--', 'job 12 ERROR', 'job 13', '--', 'web 20 ERROR', 'web 21', '--', 'web 39 ERROR'],
    ],
  ])('%s', async (_, options, expected) => {
    expect(await shown(`/app --start 1h ${options}`)).toEqual(expected);
  });

  test('json has no separators', async () => {
    const lines = await shown('/app --start 1h -g ERROR -C 1 --format json');
    expect(lines).toHaveLength(15);
    expect(lines.map((line) => JSON.parse(line).message).slice(0, 4)).toEqual([
      'web 04',
      'web 05 ERROR',
      'web 06 ERROR',
      'web 07',
    ]);
  });

  test('what --query makes for a program has no separators', async () => {
    const lines = await shown("/app --start 1h -g ERROR -C 1 --query 'x'");
    expect(lines).toContain('web 04');
    expect(lines).not.toContain('--');
  });

  test('a file gets the same lines, and can be verified by counting again', async () => {
    const path = join(folder, 'around.log');
    const [code] = await run(`/app --start 1h -g ERROR -C 1 -o ${path} --manifest`);
    expect(code).toBe(0);
    expect(await readFile(path, 'utf8')).toBe(`${(await shown('/app --start 1h -g ERROR -C 1')).join('\n')}\n`);
    const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
    expect([await main(['verify', path, '--recount'], io), io.stderr.text()]).toEqual([
      0,
      'cwlogs: verified: 15 events, 1 file\n',
    ]);
  });

  test('on a terminal errors are red, matches highlighted, separators dim', async () => {
    const io = memoryIo({ env: endpointEnv(endpoint), nowMs, isTTY: true });
    await run('/app --start 1h -g ERROR -B 1 --last 2 --format short', io);
    expect(io.stdout.text()).toBe(
      [
        '2026-11-20 15:09:45.123 web 19',
        '2026-11-20 15:10:45.123 \u001b[31mweb 20 \u001b[1m\u001b[31mERROR\u001b[39m\u001b[22m\u001b[31m\u001b[39m',
        '\u001b[2m--\u001b[22m',
        '2026-11-20 15:28:45.123 web 38',
        '2026-11-20 15:29:45.123 \u001b[31mweb 39 \u001b[1m\u001b[31mERROR\u001b[39m\u001b[22m\u001b[31m\u001b[39m',
        '',
      ].join('\n'),
    );
  });
});

describe('records of several events', () => {
  test.each([
    [
      'joined',
      '',
      [
        '2026 INFO begin',
        '2026 ERROR failed',
        '  at a',
        '  at b',
        '2026 INFO done',
        '2026 WARN slow',
        '  at b',
        '2026 INFO end',
      ],
    ],
    ['found by any of their lines', "-g 'at b'", ['2026 ERROR failed', '  at a', '  at b', '2026 WARN slow', '  at b']],
    ['found by a filter', '--filter ERROR', ['2026 ERROR failed', '  at a', '  at b']],
    ['the newest', "-g 'at b' --last 1", ['2026 WARN slow', '  at b']],
    ['the first', "-g 'at b' --limit 1", ['2026 ERROR failed', '  at a', '  at b']],
    ['with what is around', '-g WARN -B 1', ['2026 INFO done', '2026 WARN slow', '  at b']],
    [
      'islands',
      '-g ERROR -g end -B 1',
      ['2026 INFO begin', '2026 ERROR failed', '  at a', '  at b', '--', '2026 WARN slow', '  at b', '2026 INFO end'],
    ],
  ])('%s', async (_, options, expected) => {
    expect(await shown(`/trace --start 1d --multiline '^2026' ${options}`)).toEqual(expected);
  });

  test('one event as JSON', async () => {
    const [line = ''] = await shown("/trace --start 1d --multiline '^2026' -g ERROR --format json");
    expect(JSON.parse(line)).toMatchObject({
      timestamp: nowMs - 800_000,
      message: '2026 ERROR failed\n  at a\n  at b',
    });
  });
});
