import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import type { EndpointSwitches } from '../../src/server/switches.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

// Polls come every second, sweeps every ten.
vi.setConfig({ testTimeout: 30_000 });

let endpoint: LocalEndpoint;
let written: number;

beforeEach(() => start());
afterEach(() => endpoint.close());

describe('what is asked for, before any request', () => {
  test.each([
    [['/g'], { from: { kind: 'newest', count: 10 }, follows: true, live: false }],
    [['/g', '-n', '0'], { from: { kind: 'newest', count: 0 } }],
    [['/g', '-n', '25', '--no-follow'], { from: { kind: 'newest', count: 25 }, follows: false }],
    [['/g', '--until-match', 'x'], { from: { kind: 'newest', count: 0 } }],
    [['/g', '--multiline', 'S', '-g', 'x', '-C', '1'], { from: { kind: 'newest', count: 0 } }],
    [['/g', '--multiline', 'S', '-g', 'x'], { from: { kind: 'newest', count: 10 } }],
    [['/g', '--fail-on', 'x', '-n', '3'], { from: { kind: 'newest', count: 3 } }],
    [['/g', '-f', '--live', '--for', '1h', '--idle', '90s'], { live: true, forMs: 3_600_000, idleMs: 90_000 }],
    [['/g', '--no-follow', '--until-match', 'x', '-n', '5'], { from: { kind: 'newest', count: 5 }, follows: false }],
    [['/g', '--fail-if-empty', '--idle', '4m', '--for', '5m'], { failIfEmpty: true, idleMs: 240_000, forMs: 300_000 }],
    [['/g', '--grace', '10m', '--limit', '7', '--wait'], { graceMs: 600_000, limit: 7, awaitGroups: true }],
    [['/g', '--filter', 'ERROR', '--unmask'], { filterPattern: 'ERROR', unmask: true }],
    [['/g', '--format', '{json.a}', '--query', 'b', '--expand'], { format: '{json.a}', query: 'b', expand: true }],
  ])('%j', async (args, expected) => {
    const io = newIo();
    expect(await main(['tail', ...args, '--dry-run'], io)).toBe(0);
    expect(JSON.parse(io.stdout.text())).toMatchObject({ command: 'tail', logGroups: ['/g'], ...expected });
    expect(endpoint.requests.size).toBe(0);
  });

  test('a start is read as a time', async () => {
    const io = newIo();
    await main(['tail', '/g', '--start', '2026-11-20T10:00Z', '--dry-run'], io);
    expect(JSON.parse(io.stdout.text()).from).toEqual({ kind: 'start', startMs: Date.UTC(2026, 10, 20, 10) });
  });

  test.each([
    [['/g', '--live', '--unmask'], '--live always shows masked data masked'],
    [['/g', '--live', '--no-follow'], '--live and --no-follow cannot be used together'],
    [['/g', '--no-follow', '--idle', '5s'], '--idle and --no-follow cannot be used together; leave one out'],
    [['/g', '--no-follow', '--grace', '5s'], '--grace and --no-follow cannot be used together; leave one out'],
    [['/g', '--no-follow', '--wait'], '--wait and --no-follow cannot be used together; leave one out'],
    [
      ['/g', '--no-follow', '-n', '0'],
      '--last 0 and --no-follow cannot be used together: nothing is left to show; leave one out',
    ],
    [
      ['/g', '--no-follow', '--until-match', 'x'],
      '--until-match and --no-follow cannot be used together: only what comes is looked at; give --start or --last',
    ],
    [
      ['/g', '--no-follow', '--multiline', 'S', '-g', 'x', '-C', '1'],
      '--multiline with context and --no-follow cannot be used together: only what comes is looked at; give --start, or',
    ],
    [['/g', '--no-follow', '--fail-on', 'x'], '--fail-on and --no-follow cannot be used together: only what comes'],
    [
      ['/g', '--idle', '5m', '--for', '300s'],
      '--idle 5m is not shorter than --for 300s: it would never come to it; leave one out',
    ],
    [
      ['/g', '--fail-if-empty', '--limit', '3'],
      '--fail-if-empty waits for an end without events, and nothing ends it then; add --for, --idle or --no-follow',
    ],
    [['/g', '--last', '3', '--limit', '3'], '--last and --limit cannot be used together'],
    [['/g', '--start', '1h', '--last', '3'], '--start and --last cannot be used together'],
    [
      ['/g', '-n', '3', '-g', 'x', '-C', '1', '--multiline', 'S'],
      '--last with --multiline cannot show context; leave one of the three out',
    ],
    [['/g', '--end', '1h'], '--end is not an option of tail; cwlogs fetch has an end; --for 5m ends a tail'],
    [['/g', '--until-match', 'a('], '--until-match "a(" is not a regular expression'],
    [['/g', '--fail-on', '(?=x)'], '--fail-on "(?=x)" is not a regular expression'],
    [['/g', '--for', 'soon'], '--for "soon" is not a duration'],
    [['/g', '-n', 'x'], '--last "x" is not a whole number'],
    [['/g', '-n', '-1'], '--last "-1" is not a whole number; try --last 100, or 0 for none'],
    [['/g', '--until-match', ''], '--until-match "" is empty'],
    [['/g', '--for', '30d'], '--for "30d" is longer than 24 days'],
  ])('%j is refused', async (args, problem) => {
    const io = newIo();
    expect(await main(['tail', ...args], io)).toBe(2);
    expect(io.stderr.text()).toContain(`cwlogs: ${problem}`);
    expect(endpoint.requests.size).toBe(0);
  });
});

describe('how it ends', () => {
  test('--no-follow: the newest events of all groups together, in order', async () => {
    put('/g', 'one', 3_000);
    put('/h', 'two', 2_000);
    put('/g', 'three', 1_000);
    const io = newIo();
    expect(await main(['tail', '/g', '/h', '-n', '2', '--no-follow'], io)).toBe(0);
    expect(io.stdout.text()).toBe('two\nthree\n');
  });

  test('--limit: after so many events, those that were there first', async () => {
    put('/g', 'old');
    const io = newIo();
    const ended = main(['tail', '/g', '--limit', '2'], io);
    await shown(io, 'old\n');
    put('/g', 'new');
    put('/g', 'newer');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('old\nnew\n');
  });

  test('--until-match: with the event that matches, which an old one does not', async () => {
    put('/g', 'deployment succeeded (yesterday)');
    const io = newIo();
    const ended = main(['tail', '/g', '--until-match', 'succeeded'], io);
    await asked(3);
    put('/g', 'working', 2);
    put('/g', 'deployment succeeded', 1);
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('working\ndeployment succeeded\n');
  });

  test('--until-match that is not seen in time: exit 3, and why', async () => {
    const io = newIo();
    expect(await main(['tail', '/g', '--until-match', 'never there', '--for', '1s'], io)).toBe(3);
    expect(io.stdout.text()).toBe('');
    expect(io.stderr.text()).toBe('cwlogs: --until-match "never there" was not seen before --for ran out (0 events)\n');
  });

  test('a last look that takes too long: what is held back is shown, and what may be missing is told', async () => {
    await endpoint.close();
    await start({ pageEvents: 1, latencyMs: 60 });
    for (let age = 60_000; age > 57_000; age -= 50) put('/g', 'before', age);
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const limited = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(300));
    onTestFinished(() => limited.mockRestore());
    const io = newIo();
    const ended = main(['tail', '/g', '-n', '0', '--multiline', 'S', '--for', '3s'], io);
    await asked(4);
    put('/g', 'S held back');
    expect(await ended).toBe(1);
    expect(io.stdout.text()).toBe('S held back\n');
    expect(io.stderr.text()).toBe(
      'cwlogs: INCOMPLETE: not all could be looked through once more within 10.2 s after --for ran out: what came last may be missing\n',
    );
  });

  test('a record that is held back when it fails for good is shown', async () => {
    const io = newIo();
    const ended = main(['tail', '/g', '-n', '0', '--multiline', 'S'], io);
    await asked(2);
    put('/g', 'S held back');
    await asked((endpoint.requests.get('FilterLogEvents') ?? 0) + 1);
    await endpoint.beginOutage('expired');
    expect(await ended).toBe(1);
    expect(io.stdout.text()).toBe('S held back\n');
  });

  test('a record that is held back at the end is shown, though what is before it can no longer be asked for', async () => {
    const io = newIo();
    const ended = main(['tail', '/g', '--multiline', 'S', '-g', 'held', '-B', '1', '--for', '2s'], io);
    await asked(2);
    put('/g', 'S held back');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('S held back\n');
    expect(io.stderr.text()).toBe('');
  });

  test('--fail-on: exit 4 with the event that must not come', async () => {
    const io = newIo();
    const ended = main(['tail', '/g', '--fail-on', 'FATAL'], io);
    await asked(3);
    put('/g', 'a FATAL error');
    expect(await ended).toBe(4);
    expect(io.stdout.text()).toBe('a FATAL error\n');
    expect(io.stderr.text()).toBe('cwlogs: --fail-on "FATAL" matched in /g:s\n');
  });

  test('--idle: when nothing has come for so long', async () => {
    put('/g', 'old');
    const io = newIo();
    expect(await main(['tail', '/g', '--idle', '300ms'], io)).toBe(0);
    expect(io.stdout.text()).toBe('old\n');
  });

  test('--fail-if-empty: exit 3 when nothing came', async () => {
    const io = newIo();
    expect(await main(['tail', '/g', '--no-follow', '--fail-if-empty'], io)).toBe(3);
    expect(io.stderr.text()).toBe('cwlogs: nothing was found in the last 24 h\n');
  });

  test('Ctrl-C: exit 0, and how much it was', async () => {
    put('/g', 'old');
    const io = newIo();
    const ended = main(['tail', '/g'], io);
    await shown(io, 'old\n');
    io.interrupt('SIGINT');
    expect(await ended).toBe(0);
    expect(io.stderr.text()).toMatch(/^cwlogs: stopped: 1 event in \d+ s\n$/);
  });

  test('SIGTERM: exit 143', async () => {
    const io = newIo();
    const ended = main(['tail', '/g'], io);
    await asked(2);
    io.interrupt('SIGTERM');
    expect(await ended).toBe(143);
  });
});

describe('a time that runs out says nothing where nothing could be read', () => {
  test('the service has not answered at all', async () => {
    await endpoint.beginOutage('hang');
    const io = newIo();
    expect(await main(['tail', '/g', '--for', '1s', '--fail-on', 'x'], io)).toBe(1);
    expect(io.stderr.text()).toBe('cwlogs: INCOMPLETE: the service did not answer at all when --for ran out\n');
  });

  test('it has stopped answering: --idle waits until it does again', async () => {
    const io = newIo();
    const ended = main(['tail', '/g', '--idle', '4s'], io);
    await asked(3);
    await endpoint.beginOutage('503');
    put('/g', 'during');
    await said(io, 'going on as soon as it answers');
    await new Promise((resolve) => endpoint.clock.after(7_000, () => resolve(undefined)));
    expect(io.stdout.text()).toBe('');
    await endpoint.endOutage();
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('during\n');
  });

  test('it has stopped answering when --for runs out', async () => {
    const io = newIo();
    const ended = main(['tail', '/g', '--for', '10s', '--quiet'], io);
    await asked(3);
    await endpoint.beginOutage('reset');
    expect(await ended).toBe(1);
    expect(io.stderr.text()).toMatch(/^cwlogs: INCOMPLETE: the service did not answer for the last \d+ s when --for/);
  });
});

test('an event that arrived late and shortly before the end is shown before the end', async () => {
  const io = newIo();
  const ended = main(['tail', '/g', '-n', '0', '--for', '3s', '--fail-on', 'late'], io);
  await asked(3);
  put('/g', 'late', 30_000);
  expect(await ended).toBe(4);
  expect(io.stdout.text()).toBe('late\n');
});

describe('groups that cannot be read', () => {
  test('one of two: said, and the other is followed', async () => {
    put('/g', 'old');
    const io = newIo();
    expect(await main(['tail', '/g', '/gg', '--limit', '1'], io)).toBe(0);
    expect(io.stdout.text()).toBe('old\n');
    expect(io.stderr.text()).toContain(
      'log group "/gg" does not exist in us-east-1; did you mean "/g"? --wait waits for it (going on without it)',
    );
  });

  test('an ending by time with one group left out is not taken for complete', async () => {
    const io = newIo();
    expect(await main(['tail', '/g', '/gone', '--no-follow'], io)).toBe(1);
    expect(io.stderr.text()).toMatch(/cwlogs: INCOMPLETE: "\/gone" could not be read\n$/);
  });

  test('all of them: exit 1', async () => {
    const io = newIo();
    expect(await main(['tail', '/nope'], io)).toBe(1);
    expect(io.stderr.text()).toMatch(/^cwlogs: log group "\/nope" does not exist in us-east-1[^\n]*\n$/);
  });

  test.each([
    [['/some/where'], 'log group "/some/where" does not exist in us-east-1; --wait waits for it'],
    [['/none/*'], 'no log group matches "/none/*" in us-east-1; cwlogs groups lists them; --wait waits for it'],
    [['/gg', '--no-follow'], 'log group "/gg" does not exist in us-east-1; did you mean "/g"?'],
    [
      ['/g', '--stream', 'sx'],
      'stream "sx" does not exist in log group "/g" (us-east-1); did you mean "s"? --wait waits for it',
    ],
    [
      ['/g', '/h', '--stream', 'zz'],
      'stream "zz" does not exist in any of the 2 log groups; cwlogs streams /g lists them; --wait waits for it',
    ],
  ])('%j: exit 1, and by what it is waited for', async (args, problem) => {
    put('/g', 'old');
    const io = newIo();
    expect(await main(['tail', ...args], io)).toBe(1);
    expect(io.stderr.text()).toBe(`cwlogs: ${problem}\n`);
  });

  test('fetch --follow, which has no --wait, does not name it', async () => {
    const io = newIo();
    expect(await main(['fetch', '/gg', '--follow'], io)).toBe(1);
    expect(io.stderr.text()).toBe('cwlogs: log group "/gg" does not exist in us-east-1; did you mean "/g"?\n');
  });

  test('--wait: one that is not created in time is no outage', async () => {
    const io = newIo();
    expect(await main(['tail', '/never', '--wait', '--for', '2s', '--fail-if-empty'], io)).toBe(3);
    expect(io.stderr.text()).not.toContain('INCOMPLETE');
  });

  test('--wait: one that is created while it is waited for', async () => {
    const io = newIo();
    const ended = main(['tail', '/later', '--wait', '--limit', '1'], io);
    await asked(3);
    endpoint.store.createGroup('/later');
    put('/later', 'first light');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('first light\n');
    expect(io.stderr.text()).toContain('log group "/later" does not exist in us-east-1; waiting for it');
  });
});

test('--wait: a group that comes to match a pattern is followed, once however it is named', async () => {
  const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:/p/later';
  const wanted = [
    ['/p/*', '--start', '1h', '--limit', '1'],
    ['/p/*', '-n', '5', '--for', '7s'],
    ['/p/*', '-n', '0', '--for', '7s'],
    ['/p/*', '-g', 'first', '-C', '1', '--limit', '1'],
    ['/p/*', '--multiline', '^f', '--for', '7s'],
    ['/p/*', '--live', '--limit', '1'],
    [arn, '/p/later', `${arn}:*`, '/p/l*', '--for', '7s'],
  ];
  const runs = wanted.map((args) => {
    const io = newIo();
    return { io, ended: main(['tail', ...args, '--wait'], io) };
  });
  const inVain = newIo();
  const vainEnded = main(['tail', '/q/*', '--wait', '--for', '7s', '--fail-if-empty'], inVain);
  for (const { io } of runs) await said(io, 'waiting for one\n');
  endpoint.store.createGroup('/p/later');
  put('/p/later', 'first light');
  for (const { io, ended } of runs) {
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('first light\n');
  }
  expect(await vainEnded).toBe(3);
  expect(inVain.stderr.text()).toMatch(
    /^cwlogs: no log group matches "\/q\/\*" in us-east-1; waiting for one\ncwlogs: no event came in \d s\n$/,
  );
});

test('on a terminal: a rule between what was there and what comes, and a mark on what comes late', async () => {
  put('/g', 'old', 20_000);
  put('/g', 'recent', 500);
  const io = newIo({ isTTY: true, columns: 60 });
  const ended = main(['tail', '/g', '--limit', '3', '--color', 'never', '--utc'], io);
  await shown(io, 'following');
  put('/g', 'delayed', 15_000);
  expect(await ended).toBe(0);
  const [old, recent, rule, delayed] = io.stdout.text().split('\n');
  expect(old).toMatch(/^[\d:.]{12} +s +old$/);
  expect(recent).toMatch(/recent$/);
  expect(rule).toMatch(/^── following us-east-1 · \/g · newest event just now ─+$/);
  expect(delayed).toMatch(/delayed \+1[45]s late$/);
});

describe('--live', () => {
  test('events come as they are, and those that polling finds as well are not shown twice', async () => {
    const io = newIo();
    const ended = main(['tail', '/g', '--live', '--for', '14s', '--format', 'json'], io);
    await asked(2, 'StartLiveTail', 1);
    for (let index = 0; index < 5; index++) put('/g', 'the same words', 0);
    put('/g', 'other words');
    expect(await ended).toBe(0);
    const messages = io.stdout
      .text()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).message);
    expect(messages.toSorted()).toEqual(['other words', ...Array(5).fill('the same words')]);
  });

  test('refused by the service: said, and polled instead', async () => {
    await endpoint.close();
    await start({ liveTail: { refusal: 'AccessDeniedException' } });
    const io = newIo();
    const ended = main(['tail', '/g', '--live', '--limit', '1'], io);
    await said(io, 'polling instead');
    put('/g', 'polled');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('polled\n');
    expect(io.stderr.text()).toMatch(/^cwlogs: Live Tail cannot be used \(access denied [^\n]+\); polling instead\n$/);
  });
});

test('fetch --follow gives the range, then what comes', async () => {
  put('/g', 'old', 3_600_000 * 30);
  put('/g', 'in the range', 60_000);
  const io = newIo();
  const ended = main(['fetch', '/g', '--start', '1h', '--follow', '--limit', '2'], io);
  await shown(io, 'in the range\n');
  put('/g', 'new');
  expect(await ended).toBe(0);
  expect(io.stdout.text()).toBe('in the range\nnew\n');
});

test('an outage is said once, outlived, and nothing is left out', async () => {
  const io = newIo();
  const ended = main(['tail', '/g', '--limit', '3'], io);
  await asked(3);
  put('/g', 'before');
  await shown(io, 'before\n');
  await endpoint.beginOutage('503');
  put('/g', 'during');
  await said(io, 'going on as soon as it answers');
  await endpoint.endOutage();
  await said(io, 'it answers again');
  put('/g', 'after');
  expect(await ended).toBe(0);
  expect(io.stdout.text()).toBe('before\nduring\nafter\n');
});

async function start(switches: EndpointSwitches = {}): Promise<void> {
  endpoint = await startEndpoint({ switches });
  endpoint.store.createGroup('/g');
  endpoint.store.createGroup('/h');
  written = 0;
}

describe('chosen streams', () => {
  test('a stream that is made while it follows is shown where its name matches, and no other', async () => {
    put('/g', 'old', 5_000, 'web/[1]a');
    put('/g', 'not meant', 4_000, 'web/x');
    const io = newIo();
    const ended = main(['tail', '/g', '--stream', 'web/[*]*', '--limit', '2'], io);
    await shown(io, 'old\n');
    put('/g', 'of another', 0, 'web/y');
    put('/g', 'new', 0, 'web/[2]b');
    put('/g', 'of another', 0, 'web/z');
    put('/g', 'newer', 0, 'web/[1]a');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('old\nnew\n');
  });

  test('where none matches yet, the first that does is shown', async () => {
    put('/g', 'not meant', 4_000, 'x');
    const io = newIo();
    const ended = main(['tail', '/g', '--stream', 'we*b', '--limit', '1'], io);
    await asked(1);
    put('/g', 'new', 0, 'we/b');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('new\n');
  });

  test('a stream that is made in a group which lacked it is shown; a group that cannot be read is named', async () => {
    put('/g', 'old', 1_000, 'web');
    put('/h', 'not meant', 1_000, 'jobs');
    const io = newIo();
    const ended = main(['tail', '/*', '--stream', 'web', '--for', '2s'], io);
    await shown(io, 'old\n');
    put('/h', 'new', 0, 'web');
    endpoint.store.createGroup('/passing', { logGroupClass: 'DELIVERY' });
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('old\nnew\n');
    expect(io.stderr.text()).toBe(
      'cwlogs: stream "web" does not exist in log group "/h"; it is followed there once it is made\n' +
        'cwlogs: "/passing" left out: groups of class DELIVERY only pass their events on\n',
    );
  });

  test('a group by its last part, and by a pattern', async () => {
    endpoint.store.createGroup('/prod/checkout');
    put('/prod/checkout', 'one');
    for (const operand of ['checkout', '/prod/*']) {
      const io = newIo();
      expect(await main(['tail', operand, '--no-follow'], io)).toBe(0);
      expect(io.stdout.text()).toBe('one\n');
    }
  });
});

/** Writes an event of so many milliseconds ago. */
function put(group: string, message: string, ageMs = 0, stream = 's'): void {
  written += 1;
  endpoint.store.seedEvents(group, stream, [{ timestamp: Date.now() - ageMs, message }], Date.now() + written);
}

function newIo(terminal: { isTTY?: boolean; columns?: number } = {}): MemoryIo {
  const env = {
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  return { ...memoryIo({ env, ...terminal }), now: Date.now };
}

function shown(io: MemoryIo, text: string): Promise<void> {
  return vi.waitFor(() => expect(io.stdout.text()).toContain(text), { timeout: 20_000 });
}

function said(io: MemoryIo, text: string): Promise<void> {
  return vi.waitFor(() => expect(io.stderr.text()).toContain(text), { timeout: 20_000 });
}

/** Waits until so many requests were made: it follows by then. */
function asked(filters: number, other = 'FilterLogEvents', others = filters): Promise<void> {
  return vi.waitFor(
    () => {
      expect(endpoint.requests.get('FilterLogEvents') ?? 0).toBeGreaterThanOrEqual(filters);
      expect(endpoint.requests.get(other) ?? 0).toBeGreaterThanOrEqual(others);
    },
    { timeout: 20_000 },
  );
}
